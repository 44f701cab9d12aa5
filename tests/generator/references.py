"""Papers that a plan cites: in full, in short, in a list, by name, with a provision.

A reference's words run from the type word to the end of the issuer or the date; code, date, issuer and type are those the paper was made with.
The relation is the one of the words that stand before it; where the contract leaves it open, it is left open here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.generator.dates import day_words, iso, last_day, slashed
from tests.generator.piece import Piece, Words, fill, join, mark, slots_of
from tests.generator.scene import Scene
from tests.generator.vocabulary import words

ROMANS = ("XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XXII")


@dataclass(frozen=True)
class Paper:
    """A cited paper: its noun and type, number and symbol, day, issuer as said and as a whole, and its title."""

    noun: str
    type: str | None
    number: str
    code: str
    day: date
    said: str
    whole: str
    title: Piece


@dataclass
class Shelf:
    """The papers of one plan. What was cited in full can be named again in short."""

    scene: Scene
    papers: list[Paper] = field(default_factory=list)

    # --- making papers

    def paper(self) -> Paper:
        """A new paper that is older than the plan."""
        scene = self.scene
        families = words("references")["families"]
        family = scene.rng.choices(families, [f["share"] for f in families])[0]
        latest = min(scene.issued - timedelta(days=3), last_day(family.get("until", 2100), 12))
        day = latest - timedelta(days=scene.rng.randrange(scene.pick((40, 400, 1200, 2400))))
        number = str(scene.rng.randint(1, family["most"])).zfill(2)
        if any(number == other.number for other in self.papers):  # a short mention must name one paper
            return self.paper()
        year = f"/{day.year}" if family.get("year") else ""
        code = f"{number}-{family['symbol']}" if family.get("party") else f"{number}{year}/{family['symbol']}"
        party = "Tỉnh ủy" if scene.words["kind"] == "tỉnh" else "Thành ủy"
        names = scene.words | {"party": party, "party_whole": f"{party} {scene.province}"}
        said, whole = (name.format(**names) for name in scene.pick(family["issuers"]))
        return Paper(family["noun"], family.get("type"), number, code, day, said, whole, self.title(family["titles"]))

    def title(self, kind: str) -> Piece:
        """What follows a paper's name; a law in it is a reference too."""
        titles = words("references")["titles"]
        template = self.scene.pick(titles[kind])
        return fill(template, **{name: self.inner(name) for name in slots_of(template)})

    def inner(self, name: str) -> Words:
        if name == "law":
            return self.law(None, plain=True)
        titles: list[str] = words("references")["titles"][name]
        return self.scene.pick(titles)

    # --- naming them

    def full(self, relation: str | None, *, titled: bool = True) -> Piece:
        """A paper with number, day and issuer, and often with its title."""
        scene, paper = self.scene, self.paper()
        self.papers.append(paper)
        number = scene.pick(("số ", "số ", "số ", "số ", "số: ", "")) + paper.code
        comma = "," if scene.chance(0.1) else ""
        dated = f"{comma} ngày {day_words(scene.rng, paper.day)}"
        named = f"{paper.noun} {number}{dated} của {paper.said}"
        found = mark(named, "references", **self.fields(paper, relation, dated=True), issuer=paper.whole)
        if titled and scene.chance(0.8):
            return join((found, paper.title), " ")
        return found

    def short(self, relation: str | None) -> Piece:
        """A paper that was cited before, by its code or its bare number; one in full where there was none."""
        scene = self.scene
        if not self.papers:
            return self.full(relation, titled=False)
        paper = scene.pick(self.papers)
        forms = [f"{paper.noun} số {paper.code}", f"{paper.noun} {paper.code}"]
        if paper.type in words("references")["mentions"]["abbreviated"]:
            forms.append(f"{paper.type} {paper.code}")
        if sum(p.noun == paper.noun for p in self.papers) == 1:
            forms.append(f"{paper.noun} số {paper.number}")
        return mark(scene.pick(forms), "references", **self.fields(paper, relation, dated=False))

    def fields(self, paper: Paper, relation: str | None, *, dated: bool) -> dict[str, Any]:
        known: dict[str, Any] = {"code": paper.code, "date": iso(paper.day) if dated else ["", iso(paper.day)]}
        if paper.type:
            known["type"] = paper.type
        if relation:
            known["relation"] = relation
        return known

    def law(self, relation: str | None, *, plain: bool = False) -> Piece:
        """A law by name, alone or with its year, day or number."""
        scene = self.scene
        law = scene.pick(words("references")["laws"])
        name, day = law["name"], law["day"]
        known: dict[str, Any] = {"type": law.get("type", "Luật")} | ({"relation": relation} if relation else {})
        form = 0 if plain else scene.rng.randrange(5)
        if form == 1:
            return mark(f"{name} năm {day.year}", "references", name=name, date=str(day.year), **known)
        if form == 2:
            return mark(f"{name} ngày {day_words(scene.rng, day)}", "references", name=name, date=iso(day), **known)
        if form == 3:
            return mark(f"{name} số {law['code']}", "references", code=law["code"], date=["", iso(day)], **known)
        if form == 4:
            said = f"{name} số {law['code']} ngày {slashed(scene.rng, day)}"
            return mark(said, "references", code=law["code"], date=iso(day), **known)
        return mark(name, "references", name=name, **known)

    def numberless(self, relation: str | None) -> Piece:
        """A resolution of a congress or a plenum."""
        scene = self.scene
        named = words("references")["numberless"]
        said, name = scene.pick(named["national"] + named["local"])
        names = scene.words | {
            "congress": "XII" if scene.issued.year < 2021 else "XIII",
            "local": scene.pick(ROMANS),
        }
        known = {"type": "NQ", "name": name.format(**names)} | ({"relation": relation} if relation else {})
        return mark(said.format(**names), "references", **known)

    def scheme(self, relation: str | None) -> Piece:
        """A scheme that is known by its number."""
        said, name = self.scene.pick(words("references")["numberless"]["schemes"])
        return mark(said, "references", type="ĐA", name=name, **({"relation": relation} if relation else {}))

    def listed(self, relation: str) -> Piece:
        """Several papers of one kind under one head: "các Quyết định số 12/QĐ-UBND ngày ..., số 15/QĐ-UBND ngày ..."."""
        scene = self.scene
        first = self.paper()
        symbol = first.code.removeprefix(first.number)
        parts: list[Words] = []
        for n in range(scene.rng.randint(2, 3)):
            number = str(int(first.number) + 7 * n + n * n).zfill(2)
            if any(number == paper.number for paper in self.papers):
                break
            day = first.day - timedelta(days=11 * n)
            if f"/{first.day.year}/" in symbol and day.year != first.day.year:
                break
            paper = Paper(first.noun, first.type, number, number + symbol, day, "", "", Piece(""))
            head = f"{first.noun} số " if not n else ""
            self.papers.append(paper)
            named = f"{head}{paper.code} ngày {slashed(scene.rng, day)}"
            parts.append(mark(named, "references", **self.fields(paper, relation, dated=True)))
            if n:
                parts[-1] = join((scene.pick(("", "số ")), parts[-1]))
        return join((("các " if len(parts) > 1 else ""), join(parts, ", ")))

    # --- where they stand

    def bases(self) -> list[Piece]:
        """The lines before the plan's first section: what it is based on and what it carries out."""
        scene = self.scene
        leads = words("references")["leads"]
        lines: list[Piece] = []
        for _ in range(scene.rng.randint(2, 5)):
            kind = scene.rng.choices(("full", "law", "numberless", "listed"), (12, 4, 1, 1))[0]
            relation = "implements" if kind != "law" and scene.chance(0.3) else "basis"
            found = getattr(self, kind)(relation)
            lines.append(join((scene.pick(leads[relation]), found, ";")))
        if scene.chance(0.3):  # one that gets a short name for the rest of the plan
            paper = self.paper()
            self.papers.append(paper)
            if sum(p.noun == paper.noun for p in self.papers) == 1:
                found = mark(
                    f"{paper.noun} số {paper.code} ngày {day_words(scene.rng, paper.day)} của {paper.said}",
                    "references",
                    **self.fields(paper, "basis", dated=True),
                    issuer=paper.whole,
                )
                short = mark(f"{paper.noun} số {paper.number}", "references", **self.fields(paper, None, dated=False))
                how = scene.pick(("sau đây gọi tắt là ", "gọi tắt là ", "sau đây gọi là "))
                lines.append(join(("Căn cứ ", found, " ", paper.title, f" ({how}", short, ");")))
        scene.rng.shuffle(lines)
        return lines

    def sentence(self) -> Piece:
        """A sentence of the body with a paper in it, or with words that only look like one."""
        scene = self.scene
        said = words("references")["mentions"]
        if scene.chance(0.2):
            return Piece(scene.pick(said["plain"]))
        template, relation = scene.pick(said["sentences"])
        relation = relation or None
        provision = scene.pick(said["parts"])
        slots: dict[str, Words] = {}
        for name in slots_of(template):
            if name == "part":
                slots[name] = provision
            elif name in ("full", "law") and "part" in slots_of(template):
                found = self.full(relation, titled=False) if name == "full" else self.law(relation, plain=True)
                first = found.facts[0]
                slots[name] = found._replace(facts=(first._replace(fields=first.fields | {"provision": provision}),))
            elif name == "full":
                slots[name] = self.full(relation, titled=False)
            else:
                slots[name] = getattr(self, name)(relation)
        return fill(template, **slots)

    def replacing(self) -> Piece:
        """A sentence at the end by which the plan takes an older one's place."""
        template, relation = self.scene.pick(words("references")["mentions"]["ends"])
        return fill(template, full=self.full(relation, titled=False))
