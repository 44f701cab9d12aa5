"""One plan gives the same facts whatever it came in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from models.plan import Plan
from pipeline.evaluate import evaluate
from pipeline.extract import extract, extract_file
from pipeline.readers import read_bytes
from pipeline.readers.ocr import engine
from tests.samples.build_samples import SAMPLES, Sample, samples

from .render import FORMS, scan

pytest.importorskip("font_roboto", reason="the font of the PDFs is not installed")
ALL = {sample.name: sample for sample in samples()}

# What makes two facts the same: the fields that the measure is strict about.
STRICT: Mapping[str, Callable[[Any], tuple[Any, ...]]] = {
    "sections": lambda fact: (fact.path, fact.roles) if fact.heading else (),
    "references": lambda fact: (fact.code, fact.name, fact.date),
    "deadlines": lambda fact: (fact.kind, fact.start_date, fact.end_date, fact.rrule),
    "targets": lambda fact: (fact.comparator, fact.low, fact.high, fact.unit),
}
METADATA = (
    "doc_type",
    "number",
    "symbol",
    "issue_date",
    "issuer",
    "province",
    "period_start",
    "period_end",
    "signer_name",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ALL)
def test_every_form_gives_the_facts_of_the_gold(name: str, form: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.{form}"
    file.write_bytes(FORMS[form](ALL[name]))
    gold = (SAMPLES / "gold" / f"{name}.toml").read_text(encoding="utf-8")
    if form == "md":  # the gold quotes rows of tables, whose cells have bars between them there
        for row in ALL[name].of("row"):
            gold = gold.replace(" ".join(row.cells[1:]), " | ".join(row.cells[1:]))
    lines = [line for line in gold.splitlines() if not line.startswith(("source =", "file ="))]
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / f"{name}.toml").write_text("\n".join([f'source = "{file.name}"', *lines]), encoding="utf-8")
    report = evaluate(tmp_path / "gold", tmp_path, extract_file)
    scores = {group: round(score.strict_f1, 3) for group, score in report.groups.items()}
    assert min(scores.values()) >= 0.97, (scores, report.misses)
    assert report.metadata_score >= 0.97, report.misses


@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_a_scan_gives_nearly_all_of_them(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if isinstance(engine.find_engine(), engine.Missing):
        pytest.skip("NO TESSERACT with Vietnamese on this machine: scans are not tested")
    monkeypatch.setenv("KEHOACH_CACHE", str(tmp_path))
    wanted, got = _plan(FORMS["txt"](ALL[name]), "plan.txt"), _plan(scan(ALL[name]), "plan.pdf")
    assert got.source.ocr and got.source.ocr_confidence is not None
    score, differing = _agreement(wanted, got)
    assert score >= 0.93, differing
    right = [getattr(got.metadata, field) == getattr(wanted.metadata, field) for field in METADATA]
    assert sum(right) >= len(right) - 1, got.metadata


def _plan(content: bytes, name: str) -> Plan:
    return extract(read_bytes(content, name))


def _agreement(wanted: Plan, got: Plan) -> tuple[float, dict[str, Any]]:
    """F1 of the facts that are the same in every strict field, and those that are not."""
    same = both = 0
    differing = {}
    for kind, key in STRICT.items():
        here, there = (Counter(map(key, getattr(plan, kind))) for plan in (wanted, got))
        same += (here & there).total()
        both += here.total() + there.total()
        differing[kind] = (here - there, there - here)
    return 2 * same / both, differing


def test_forms_differ_in_more_than_their_names() -> None:
    sample: Sample = next(iter(ALL.values()))
    assert len({FORMS[form](sample) for form in FORMS}) == len(FORMS)
