"""The estimate of what a ministry needs: its arithmetic on round figures, and the pages that show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.sizing import reading
from benchmarks.sizing.__main__ import FILES, current
from benchmarks.sizing.estimate import Assumption, Figure, Figures, estimate, read_figures

ROUND = {
    "characters_a_plan": (10_000, 20_000, 30_000),
    "characters_a_page": (2_000,),
    "ocr_seconds_a_page": (1, 2, 3),
    "ocr_mib": (768,),
    "scan_kib_a_page": (1024,),
    "text_kib_a_page": (512,),
    "sqlite_kib_a_plan": (64,),
    "sqlite_kib_a_generated_plan": (40,),
    "postgresql_kib_a_generated_plan": (80,),
    "plans_a_second": (10,),
    "flow_mib": (256,),
}
SAID = {
    "years_before": (9,),
    "provinces_before": (60,),
    "years_after": (2,),
    "provinces_after": (30,),
    "plans_a_year": (10, 60, 60),
    "scans": (0.5,),
    "days": (1,),
    "busy": (0.5,),
    "cores_a_machine": (8,),
    "cores_of_the_benchmark": (2,),
    "spare_room": (2,),
    "services_gib": (4,),
}


def figures() -> Figures:
    measured = {
        name: Figure(values=values, en=name, vi=name, command="x", date="2026-01-01") for name, values in ROUND.items()
    }
    return Figures(measured, {name: Assumption(values=values, en=name, vi=name) for name, values in SAID.items()})


@pytest.mark.parametrize(
    ("level", "what", "value"),
    [
        (0, "documents", 6_000),  # 10 plans, 9 years of 60 provinces and 2 of 30
        (1, "documents", 36_000),
        (0, "pages", 30_000),  # five each
        (1, "pages", 360_000),  # ten each
        (1, "scanned", 180_000),  # half
        (1, "ocr_hours", 100),  # two seconds each
        (2, "ocr_hours", 225),  # 270,000 pages of three seconds
        (1, "text_hours", 2),  # an hour at 10 a second, on two cores
        (
            1,
            "database",
            36_000 * 128 * 2 / 1024 / 1024,
        ),  # PostgreSQL takes twice what SQLite does; room for as much again
        (1, "files", 180_000 * 1.5 / 1024),
        (1, "cores", 9),  # 102 hours, 12 of each core
        (1, "machines", 2),
        (0, "machines", 1),
        (1, "memory", 12),  # 1 GiB for each of 8 cores, 4 for the services
        (0, "memory", 5),  # one core
        (1, "yearly_documents", 1_800),
        (1, "yearly_hours", 5.1),  # a twentieth of 102
    ],
)
def test_the_arithmetic(level: int, what: str, value: float) -> None:
    assert getattr(estimate(figures(), level), what) == pytest.approx(value)


def test_figures_are_one_value_or_three(tmp_path: Path) -> None:
    file = tmp_path / "figures.toml"
    words = '[measured]\n[assumed.days]\nvalues = [1, 2]\nen = "days"\nvi = "ngày"\n'
    file.write_text(words, encoding="utf-8")
    with pytest.raises(ValueError, match="days: one value or three"):
        read_figures(file)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_show_the_figures(language: str) -> None:
    """`python -m benchmarks.sizing` brings them up to date."""
    file = FILES[language]  # type: ignore[index]
    words = file.read_text(encoding="utf-8")
    assert words.count("<!-- sizing ") == 3
    assert current(words, language, read_figures()) == words  # type: ignore[arg-type]


def test_a_page_shows_what_is_estimated() -> None:
    page = "<!-- sizing estimate -->\nold\n<!-- end -->\n<!-- sizing assumed -->\n<!-- end -->\n"
    made = current(page, "vi", figures())
    assert "| trang | 30.000 | 360.000 | 540.000 |\n" in made
    assert "old" not in made
    assert "| plans_a_year | 10 | 60 | 60 |\n" in made
    assert "| pages | 30,000 | 360,000 | 540,000 |\n" in current(page, "en", figures())


def test_reading_measures_plans_and_pages(tmp_path: Path) -> None:
    samples = sorted((Path(__file__).parents[2] / "data" / "samples" / "plans").iterdir())
    plain = [file for file in samples if file.suffix in reading.PLAIN][:2]
    assert reading.characters(plain) == [len(file.read_text(encoding="utf-8")) for file in plain]
    assert reading.room(plain, tmp_path) > 10
    [paper, *_] = reading.pages([file for file in samples if file.suffix == ".pdf"])
    assert paper.pages > 0
    assert paper.chars > 1000
    assert paper.seconds > 0
    assert not paper.scanned
