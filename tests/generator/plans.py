"""One plan from a seed."""

from __future__ import annotations

from random import Random

from tests.generator.body import Body
from tests.generator.damage import damaged
from tests.generator.gold import Made
from tests.generator.letterhead import decision, frame
from tests.generator.piece import Piece, join
from tests.generator.references import Shelf
from tests.generator.scene import scene as new_scene


def plan(seed: int, *, damage: bool = True) -> Made:
    """A plan with its facts; the same seed gives the same plan. Without `damage` its text is as an office would have it."""
    rng = Random(seed)
    scene = new_scene(rng)
    lost = scene.chance(0.06) and scene.code is not None and scene.day_known and "area" not in scene.issuer
    decides = (
        not lost and scene.code and scene.day_known and scene.issuer["id"] in ("syt", "ubnd") and scene.chance(0.1)
    )
    around = decision(scene) if decides else frame(scene, lost=lost)
    shelf = Shelf(scene)
    body = Body(scene, shelf)
    bases = shelf.bases()
    body.write()
    ends = [shelf.replacing()] if scene.chance(0.15) else []
    appendix: list[Piece] = []
    if around.attached and (lost or scene.chance(0.25)):
        main, body.lines = body.lines, []
        body.appendix(1, around.attached)
        appendix, body.lines = body.lines, main
    head = [around.head] if around.head.text else []
    whole = join((*head, *bases, around.opening, *body.lines, *ends, *around.foot, *appendix), scene.gap)
    broken, names = damaged(Random(seed + 1), whole) if damage else (whole, ())
    facts = tuple(sorted(broken.facts, key=lambda fact: (fact.start, fact.end)))
    return Made(broken.text + "\n", "md" if scene.markdown else "txt", facts, around.metadata, names)
