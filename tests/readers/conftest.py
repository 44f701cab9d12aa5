"""Tests of the readers do without Tesseract, as most machines do; those that need it are marked `ocr`."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.readers.ocr import engine, page


@pytest.fixture(autouse=True)
def tesseract(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEHOACH_CACHE", str(tmp_path / "cache"))
    if request.node.get_closest_marker("ocr") is None:
        monkeypatch.setattr(page, "find_engine", lambda: engine.Missing("ocr_missing"))
    elif isinstance(engine.find_engine(), engine.Missing):
        pytest.skip("NO TESSERACT with Vietnamese on this machine: recognition is not tested")
