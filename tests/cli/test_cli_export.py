"""`kehoach export`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_plans import PLAN, TEXT
from running import Ended

from pipeline.store import open_store


@pytest.mark.parametrize(("form", "name"), [(None, "kehoach.xlsx"), ("csv", "plans.csv"), ("json", "plans.jsonl")])
def test_an_export_is_told(kehoach: Callable[..., Ended], tmp_path: Path, form: str | None, name: str) -> None:
    with open_store(tmp_path / "plans.db") as store:
        store.save(PLAN, TEXT)
        store.settle()
    ended = kehoach("export", "a/out", *(["--format", form] if form else []), "--db", tmp_path / "plans.db")
    assert (ended.code, ended.err) == (0, "")
    assert " bảng, " in ended.out and ended.out.endswith("vào a/out.\n")
    assert (tmp_path / "a" / "out" / name).stat().st_size
