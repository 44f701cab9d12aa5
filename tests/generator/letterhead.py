"""The frame of a plan: letterhead, title, opening, closing, "Nơi nhận:", signature; and the metadata that they say."""

from __future__ import annotations

from dataclasses import dataclass

from tests.generator.dates import day_words, iso
from tests.generator.piece import Fields, Piece, Words, join, mark
from tests.generator.scene import Scene
from tests.generator.vocabulary import words


@dataclass(frozen=True)
class Frame:
    """The frame's words. `head` stands before the căn cứ, `opening` behind them, `foot` after the last section;
    `title` is in running text; `attached` names the plan in an appendix, None for a plan without a number."""

    head: Piece
    opening: Piece
    foot: list[Piece]
    title: str
    attached: Piece | None
    metadata: Fields


def frame(scene: Scene, *, lost: bool = False) -> Frame:
    """The frame of a plan. With `lost` there is no letterhead: the same facts stand in the opening and the appendix."""
    said = words("letterhead")
    title = _title(scene)
    shown = title[0].upper() + title[1:]
    number, position, signer, lines = _signature(scene)
    listed = _recipients(scene, signer)
    self_name = scene.say(scene.pick(scene.issuer["self"]))
    full_name = scene.say(scene.issuer["issuer"])
    if "area" in scene.issuer or lost:  # nothing else tells the province
        place = f", tỉnh {scene.province}" if "area" in scene.issuer else ""
        self_name = full_name + place
    opening = scene.pick(said["openings"]).format(self=self_name, title=title)
    closing = scene.pick(said["closings"]).format(self=self_name.split(",")[0], title=title)
    metadata: Fields = {
        "doc_type": "KH",
        "number": scene.number or "",
        "symbol": scene.symbol,
        "code": scene.code or "",
        "issue_date": iso(scene.issued) if scene.day_known else iso(scene.issued)[:7],
        "issuer": [full_name, f"{full_name}, tỉnh {scene.province}"] if "area" in scene.issuer else full_name,
        "province": scene.province,
        "title": title,
        "signer_name": signer,
        "signer_position": position,
        "period_start": f"{scene.year}-01-01",
        "period_end": f"{scene.last_year}-12-31",
        "recipients": len(listed),
    }
    head = Piece("") if lost else _head(scene, shown, number)
    receivers = mark("Nơi nhận:", "sections", roles=["recipients"])
    foot = [
        Piece(closing),
        join((receivers, *listed), "\n"),
        Piece("\n".join(lines)),
    ]
    if scene.chance(0.15):
        foot[1:] = [_side_by_side([receivers, *listed], lines)]
    return Frame(head, Piece(opening), foot, title, _attached(scene, full_name), metadata)


def _side_by_side(left: list[Words], right: list[str]) -> Piece:
    """The two columns of the foot, as a converter leaves them: a tab between what stands at one height."""
    count = max(len(left), len(right))
    rows = zip([*left, *[""] * (count - len(left))], [*right, *[""] * (count - len(right))], strict=True)
    return join([join((one, "\t\t" if other else "", other)) for one, other in rows], "\n")


def decision(scene: Scene) -> Frame:
    """The frame of a decision with its plan attached: its articles stand in the opening, with signature and recipients;
    the plan's sections follow behind its own title."""
    said = words("letterhead")["decision"]
    title = _title(scene)
    _, position, signer, lines = _signature(scene)
    full_name = scene.say(scene.issuer["issuer"])
    head_name = scene.say(scene.issuer["head"])
    whole_head = f"{head_name.split()[0]} {full_name}" if "Giám đốc" not in head_name else f"Giám đốc {full_name}"
    symbol = scene.symbol.replace("KH-", "QĐ-")
    code = f"{scene.number}/{symbol}"
    shown = f"{scene.pick(said['titles'])} {title}"
    listed: list[Words] = ["- Như Điều 3;", *_recipients(scene, signer)]
    receivers = mark("Nơi nhận:", "sections", roles=["recipients"])
    articles = [
        mark(
            f"Điều {n}. {article.format(title=title, unit=scene.pick(scene.units))}",
            "sections",
            path=f"Điều {n}",
            roles="*",
        )
        for n, article in enumerate((scene.pick(said["first"]), scene.pick(said["second"]), said["third"]), 1)
    ]
    self_named = mark(
        f"Quyết định số {code} ngày {day_words(scene.rng, scene.issued)} của {full_name}",
        "references", code=code, date=iso(scene.issued), relation="self", issuer=full_name, type="QĐ",
    )  # fmt: skip
    bold = "**" if scene.markdown else ""
    plan_title = join(
        (f"{bold}KẾ HOẠCH{bold}\n{bold}{title[0].upper() + title[1:]}{bold}\n(Ban hành kèm theo ", self_named, ")")
    )
    opening = join(
        (said["order"], *articles, join((receivers, *listed), "\n"), "\n".join(lines), plan_title), scene.gap
    )
    metadata: Fields = {
        "doc_type": "QĐ",
        "number": scene.number,
        "symbol": symbol,
        "code": code,
        "issue_date": iso(scene.issued),
        "issuer": [full_name, whole_head],
        "province": scene.province,
        "title": [shown, f"Ban hành Kế hoạch {title}", title],
        "signer_name": signer,
        "signer_position": position,
        "period_start": f"{scene.year}-01-01",
        "period_end": f"{scene.last_year}-12-31",
        "recipients": len(listed),
    }
    head = _head(scene, shown, f"{code}", kind="QUYẾT ĐỊNH")
    authority = (
        f"{bold}{whole_head.upper()}{bold}"
        if "Giám đốc" in head_name
        else f"{bold}{full_name.upper().replace('UBND', 'ỦY BAN NHÂN DÂN')}{bold}"
    )
    return Frame(join((head, "\n", authority)), opening, [], title, join(("(Kèm theo ", self_named, ")")), metadata)


def _title(scene: Scene) -> str:
    """The title in running text, with the plan's time."""
    said = words("letterhead")
    deed = scene.pick(said["deeds"])
    topic = scene.pick(said["topics"])
    if deed and topic.startswith(("công tác", "nâng cao", "cải thiện", "bảo đảm")):
        deed = ""
    where = scene.say(scene.pick(("", "", " trên địa bàn {province}"))) if "area" not in scene.issuer else ""
    dash = scene.pick((" - ", "-", " – "))
    time = f"năm {scene.year}" if scene.one_year else f"giai đoạn {scene.year}{dash}{scene.last_year}"
    title = f"{deed}{topic}{where} {time}"
    return title[0].lower() + title[1:]


def _head(scene: Scene, title: str, number: str, kind: str = "KẾ HOẠCH") -> Piece:
    """The letterhead in one of its layouts, and the title."""
    said = words("letterhead")
    above = scene.say(scene.pick(scene.issuer["above"]))
    name = scene.say(scene.pick(scene.issuer["letterhead"]))
    left = [*above.splitlines(), *name.splitlines()]
    right = scene.pick(said["states"])
    place = _place(scene)
    shown = title.upper() if scene.chance(0.6) else title
    layout = scene.rng.choice(
        ("rows", "tabs", "tabs", "web" if scene.markdown else "rows", "pipes" if scene.markdown else "tabs")
    )
    if layout == "pipes":
        top = [f"|{'<br>'.join(left)}|{'<br>'.join(right)}|", "|---|---|", f"|Số: {number}|*{place}*|"]
    elif layout == "web":
        top = [
            "|",
            *(f"**{line}**" for line in left),
            "-------",
            "|",
            *(f"**{line}**" for line in right),
            "---------------",
            "|",
            "|",
            f"Số: {number}",
            "|",
            f"*{place}*",
            "|",
        ]
    elif layout == "tabs":
        top = [f"{a}\t\t{b}" for a, b in zip([*left, ""] if len(left) == 1 else left[:2], right, strict=False)]
        top += [*left[2:], f"Số: {number}\t\t{place}"]
    else:
        top = [*left, *right, f"Số: {number}", place]
    bold = "**" if scene.markdown else ""
    return Piece("\n".join([*top, "", f"{bold}{kind}{bold}", f"{bold}{shown}{bold}"]))


def _place(scene: Scene) -> str:
    """ "Lào Cai, ngày 05 tháng 3 năm 2024", the day blank in a draft."""
    place = scene.words["area"].split(" ", 1)[-1] if "communes" in scene.issuer.values() else scene.words["area"]
    day = f"{scene.issued.day:02}" if scene.day_known else scene.pick(("    ", "  ", "....."))
    month = scene.issued.month
    return (
        f"{place or scene.province}, ngày {day} tháng {f'{month:02}' if month < 3 else month} năm {scene.issued.year}"
    )


def _signature(scene: Scene) -> tuple[str, str, str, list[str]]:
    """The number in the letterhead, the signer's position and name, and the lines of the signature."""
    people = words("people")
    name = " ".join(scene.pick(people[part]) for part in ("family", "middle", "given"))
    authority, position = scene.pick(scene.issuer["position"])
    title = f"{scene.pick(people['titles'])} " if scene.chance(0.15) and not authority.startswith("TM") else ""
    lines = [*authority.splitlines(), position, *[""] * scene.rng.randint(0, 3), title + name]
    number = f"{scene.number or scene.pick(('    ', '      ', '.....'))}/{scene.symbol}"
    return number, position, name, lines


def _recipients(scene: Scene, signer: str) -> list[str]:
    """The lines below "Nơi nhận:", the filing line last."""
    said = words("letterhead")
    parent = scene.say(scene.issuer["parent"])
    items = [item.format(parent=parent) for item in scene.some(said["recipients"], 3, 7)]
    initials = "".join(part[0] for part in signer.split())
    filed = scene.pick(said["filed"]).format(signer=initials)
    return [*(f"- {item};" for item in items), f"- {filed}."]


def _attached(scene: Scene, full_name: str) -> Piece | None:
    """ "(Kèm theo Kế hoạch số 12/KH-SYT ngày 05/3/2024 của Sở Y tế)", marked as the plan itself."""
    if not (scene.code and scene.day_known):
        return None
    said: Words = f"Kế hoạch số {scene.code} ngày {day_words(scene.rng, scene.issued)} của {full_name}"
    named = mark(said, "references", code=scene.code, date=iso(scene.issued), relation="self", issuer=full_name)
    before, after = scene.pick(words("letterhead")["attached"]).split("{plan}")
    return join((before, named, after))
