"""From measured figures and assumptions to documents, pages, hours, room and machines."""

from __future__ import annotations

import math
from pathlib import Path
from typing import NamedTuple

import msgspec

FIGURES = Path(__file__).with_name("figures.toml")
LEVELS = (0, 1, 2)
"""Low, likely, high."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure that was measured: one value, or three (low, likely, high); how, and when (ISO 8601)."""

    values: tuple[float, ...]
    digits: int = 0
    en: str
    vi: str
    command: str
    date: str

    def at(self, level: int) -> float:
        """The value at a level."""
        return self.values[level if len(self.values) > 1 else 0]


class Assumption(msgspec.Struct, frozen=True, kw_only=True):
    """What nobody measured: one value or three."""

    values: tuple[float, ...]
    percent: bool = False
    en: str
    vi: str

    def at(self, level: int) -> float:
        """The value at a level."""
        return self.values[level if len(self.values) > 1 else 0]


class Figures(msgspec.Struct, frozen=True):
    """Everything that the estimate is made from, by name."""

    measured: dict[str, Figure]
    assumed: dict[str, Assumption]


class Estimate(NamedTuple):
    """The ten years at one level: hours are those of one core, rooms in GiB, memory that of one machine in GiB. `cores`
    and `machines` read everything within the days that are assumed for it; the last two are of each year after."""

    documents: float
    pages: float
    scanned: float
    ocr_hours: float
    text_hours: float
    database: float
    files: float
    cores: int
    machines: int
    memory: float
    yearly_documents: float
    yearly_hours: float


def read_figures(file: Path = FIGURES) -> Figures:
    """The figures. Raises msgspec.ValidationError where they are not as they should be."""
    found = msgspec.toml.decode(file.read_bytes(), type=Figures)
    counts = {name: len(figure.values) for name, figure in found.measured.items()}
    counts |= {name: len(assumption.values) for name, assumption in found.assumed.items()}
    for name, count in counts.items():
        if count not in (1, 3):
            raise ValueError(f"{name}: one value or three (low, likely, high)")
    return found


def estimate(figures: Figures, level: int) -> Estimate:
    """What it takes at a level (0 low, 1 likely, 2 high)."""
    measured = {name: figure.at(level) for name, figure in figures.measured.items()}
    assumed = {name: assumption.at(level) for name, assumption in figures.assumed.items()}
    province_years = (
        assumed["provinces_before"] * assumed["years_before"] + assumed["provinces_after"] * assumed["years_after"]
    )
    documents = assumed["plans_a_year"] * province_years
    pages = documents * measured["characters_a_plan"] / measured["characters_a_page"]
    scanned = pages * assumed["scans"]
    ocr_hours = scanned * measured["ocr_seconds_a_page"] / 3600
    text_hours = documents / measured["plans_a_second"] * assumed["cores_of_the_benchmark"] / 3600
    useful = 24 * assumed["days"] * assumed["busy"]  # hours that a core works before all has to be read
    cores = math.ceil((ocr_hours + text_hours) / useful)
    machines = math.ceil(cores / assumed["cores_a_machine"])
    postgresql = measured["postgresql_kib_a_generated_plan"] / measured["sqlite_kib_a_generated_plan"]
    kib_a_plan = measured["sqlite_kib_a_plan"] * postgresql
    yearly = assumed["plans_a_year"] * assumed["provinces_after"]
    return Estimate(
        documents=documents,
        pages=pages,
        scanned=scanned,
        ocr_hours=ocr_hours,
        text_hours=text_hours,
        database=documents * kib_a_plan * assumed["spare_room"] / 2**20,
        files=(scanned * measured["scan_kib_a_page"] + (pages - scanned) * measured["text_kib_a_page"]) / 2**20,
        cores=cores,
        machines=machines,
        memory=(
            min(cores, assumed["cores_a_machine"]) * (measured["ocr_mib"] + measured["flow_mib"]) / 1024
            + assumed["services_gib"]
        ),
        yearly_documents=yearly,
        yearly_hours=yearly / documents * (ocr_hours + text_hours),
    )
