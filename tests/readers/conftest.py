"""Tests of the readers do without Tesseract and LibreOffice, as most machines do; those that need them are marked `ocr`
and `office`."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.readers import office, office_run
from pipeline.readers.ocr import engine, page


@pytest.fixture(autouse=True)
def tesseract(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEHOACH_CACHE", str(tmp_path / "cache"))
    if request.node.get_closest_marker("ocr") is None:
        monkeypatch.setattr(page, "find_engine", lambda: engine.Missing("ocr_missing"))
    elif isinstance(engine.find_engine(), engine.Missing):
        pytest.skip("NO TESSERACT with Vietnamese on this machine: recognition is not tested")


@pytest.fixture(autouse=True)
def libreoffice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("office") is None:
        monkeypatch.setattr(office, "find_office", lambda: None)
    elif office_run.find_office() is None:
        pytest.skip("NO LIBREOFFICE on this machine: .doc, .rtf and .odt are not tested")
