"""The samples, and the real plans beside the checkout, through the whole chain into the database and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from store.plans import dump

from ingest.conftest import Desk
from pipeline.extract import extract_file
from pipeline.ingest import ingest
from pipeline.store import open_store

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "plans"
SHARED = Path(__file__).parents[3] / "shared" / "plans"


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param(SAMPLES, id="samples", marks=pytest.mark.slow),
        pytest.param(
            SHARED,
            id="shared",
            marks=[pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason=f"no real plans at {SHARED}")],
        ),
    ],
)
def test_everything_is_read_and_comes_out_as_it_went_in(desk: Desk, folder: Path) -> None:
    report = ingest([folder], desk.database)
    assert report.ok, [failure.error.message("en") for failure in report.failed]
    assert {done.action for done in report.done} == {"added"}
    with open_store(desk.database) as store:
        for done in report.done:
            plan, text = extract_file(done.path, allow_classified=False)
            kept = store.load(done.plan)
            assert [name for name in plan.__struct_fields__ if getattr(plan, name) != getattr(kept, name)] == []
            assert store.text(done.plan) == text
        before = dump(store)
    again = ingest([folder], desk.database)
    assert len(again.skipped) == len(report.done) and not again.done and again.ok
    with open_store(desk.database) as store:
        assert dump(store) == before
    backwards = desk.root / "backwards.db"
    for done in reversed(report.done):
        ingest([done.path], backwards)
    after = desk.written()
    desk.database = backwards
    assert desk.written() == after
