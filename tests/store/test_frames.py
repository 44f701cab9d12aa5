"""The answers as data frames."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

pd = pytest.importorskip("pandas", reason="pandas comes with the extra nlp")

from pipeline.ingest import ingest  # noqa: E402
from pipeline.store import open_store  # noqa: E402
from pipeline.store.frames import frames  # noqa: E402

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "plans"


def test_frames_hold_what_the_database_holds(tmp_path: Path) -> None:
    database = tmp_path / "kehoach.db"
    ingest([str(p) for p in sorted(SAMPLES.glob("*.md"))], str(database), workers=1)
    with open_store(database) as store:
        found = frames(store, dt.date(2026, 11, 22))
    assert len(found["plans"]) == len(list(SAMPLES.glob("*.md")))
    targets = found["targets"]
    assert targets.groupby("plan_province")["id"].count().gt(0).all()
    assert pd.api.types.is_datetime64_any_dtype(found["deadlines"]["end_date"])
    assert targets["low"].dropna().map(float).gt(0).any()


def test_an_empty_database_gives_empty_frames(tmp_path: Path) -> None:
    with open_store(tmp_path / "kehoach.db") as store:
        assert all(frame.empty for frame in frames(store, dt.date(2026, 11, 22)).values())
