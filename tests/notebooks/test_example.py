"""The example notebook: it runs as it stands, and its answers are right."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="notebooks run with nbclient, of the extra dev")
nbclient = pytest.importorskip("nbclient", reason="notebooks run with nbclient, of the extra dev")
for package in ("ipykernel", "pandas", "matplotlib"):
    pytest.importorskip(package, reason=f"the notebook needs {package}")

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "example.ipynb"


@pytest.fixture(scope="module")
def stored() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def shown() -> dict[str, list[dict[str, str]]]:
    """What each cell shows, by the cell's id, once all have run."""
    book = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(book, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    return {cell.id: [output["data"] for output in cell.outputs if "data" in output] for cell in cells}


def test_it_is_stored_without_what_it_showed(stored: Any) -> None:
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert len(code) >= 10
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


# A line of what a cell shows, with single spaces.
EXPECTED = [
    ("ingest", "(14, 0)"),
    ("plans", "Hưng Yên 212/KH-SYT 2026-01-23 10 10"),
    ("catalogue", "568/QĐ-TTg Thủ tướng Chính phủ 3 5"),
    ("catalogue", "72-NQ/TW Bộ Chính trị 3 3"),
    ("catalogue", "Luật Phòng, chống tác hại của thuốc lá None 2 3"),
    ("deadlines", "2026-06-20 Lâm Đồng trước 20/6"),
    ("months", "{'04/2026': 4, '05/2026': 3, '06/2026': 13}"),
    ("compare", "1 Hưng Yên = 95.8 212/KH-SYT"),
    ("compare", "2 Vĩnh Long = 95.5 96/KH-UBND"),
    ("compare", "3 Lâm Đồng >= 95.0 336/KH-SYT"),
    ("apart", "{2025: 1, 2027: 1, 2028: 1}"),
    ("words", "'Tỷ lệ dân số tham gia bảo hiểm y tế đạt 95,8%'"),
    ("lags", "Lạng Sơn 568/QĐ-TTg 2023-05-24 936"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("cell", "line"), EXPECTED)
def test_a_cell_shows(shown: dict[str, list[dict[str, str]]], cell: str, line: str) -> None:
    output = shown[cell][-1]
    words = unescape(re.sub("<[^>]+>", " ", output["text/html"])) if "text/html" in output else output["text/plain"]
    assert line in " ".join(words.split())


@pytest.mark.slow
def test_the_chart_is_a_picture(shown: dict[str, list[dict[str, str]]]) -> None:
    assert len(shown["chart"][-1]["image/png"]) > 5_000
