"""What one plan is decided by before a word of it is written: who writes it, when, for which time, in which habits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from tests.generator.vocabulary import words

T = TypeVar("T")
MERGER = date(2025, 7, 1)
"""From this day on there are 34 provinces and no districts."""
HABITS = ("roman", "roman_decimal", "decimal", "letters", "parts", "dashed", "none")


@dataclass(frozen=True)
class Scene:
    """The decisions behind one plan. `words` fills the slots of issuers' wordings; `habit` is how sections are numbered;
    `gap` stands between paragraphs."""

    rng: Random
    year: int
    last_year: int
    issued: date
    day_known: bool
    number: str | None
    issuer: dict[str, Any]
    words: dict[str, str]
    province: str
    symbol: str
    habit: str
    hang: str
    markdown: bool
    gap: str

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return self.rng.choice(choices)

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Between `least` and `most` different ones of the choices, in any order."""
        return self.rng.sample(choices, min(len(choices), self.rng.randint(least, most)))

    def chance(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.rng.random() < share

    def say(self, template: str) -> str:
        """A template of the issuer's with the plan's names."""
        return template.format(**self.words)

    @property
    def one_year(self) -> bool:
        """Whether the plan is for a single year, so that a date may leave its year out."""
        return self.year == self.last_year

    @property
    def units(self) -> list[str]:
        """The units that carry the plan out."""
        return [self.local(unit) for unit in words("units")[self.issuer["units"]]["units"]]

    @property
    def recipients(self) -> list[str]:
        """Those to whom reports go."""
        return [self.local(unit) for unit in words("units")[self.issuer["units"]]["recipients"]]

    def local(self, unit: str) -> str:
        """A unit's name in a city or a ward."""
        if self.words["kind"] != "tỉnh":
            unit = unit.replace("tỉnh", "thành phố")
        return unit.replace(" xã", " phường") if self.words["area"].startswith("phường") else unit

    @property
    def code(self) -> str | None:
        """Number and symbol as one."""
        return f"{self.number}/{self.symbol}" if self.number else None


def scene(rng: Random) -> Scene:
    """The decisions behind one plan."""
    year = rng.randint(2019, 2026)
    issued = date(year - 1, 12, 10) + timedelta(days=rng.randrange(150))
    merged = issued >= MERGER
    span = rng.choice((0, 0, 0, 2, 4, 4, 9)) if rng.random() < 0.7 else 0
    places = words("places")["since_july_2025" if merged else "before_july_2025"]
    issuers = [i for i in words("issuers")["issuers"] if i.get("when") in (None, "since" if merged else "before")]
    issuer = rng.choices(issuers, [i["share"] for i in issuers])[0]
    if "area" in issuer:
        areas = words("places")[issuer["area"]]
        province = rng.choice(sorted(areas))
        area = rng.choice(areas[province])
        kind = "tỉnh"
    else:
        kind = "tỉnh" if rng.random() < 0.85 or "only" in issuer else "thành phố"
        province = rng.choice(places["provinces" if kind == "tỉnh" else "cities"])
        area = ""
    named = f"{kind} {province}"
    drafted = rng.random() < 0.12
    return Scene(
        rng=rng,
        year=year,
        last_year=year + span,
        issued=issued,
        day_known=not drafted,
        number=None if drafted or rng.random() < 0.03 else str(rng.randint(1, 5200)).zfill(rng.choice((1, 2, 2, 4))),
        issuer=issuer,
        words={
            "province": named,
            "PROVINCE": named.upper(),
            "kind": kind,
            "area": area,
            "AREA": area.upper(),
            "name": province,
        },
        province=province,
        symbol=rng.choice(issuer["symbols"]),
        habit=rng.choices(HABITS, (30, 20, 15, 8, 8, 10, 6))[0],
        hang=rng.choice(("hằng", "hàng")),
        markdown=rng.random() < 0.25,
        gap=rng.choice(("\n", "\n\n")),
    )
