"""The pages about the database say what the models, the views and the dictionary say."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.tables import Base
from pipeline.docs import rewrite
from pipeline.store.manual import FILES, GROUPS, Language, current


@pytest.mark.parametrize("language", FILES)
def test_the_pages_are_current(language: Language) -> None:
    """If not: `python -m pipeline.store.manual`."""
    words = FILES[language].read_text(encoding="utf-8")
    assert current(words, language) == words


def test_every_table_is_in_one_diagram() -> None:
    shown = [name for group in GROUPS.values() for name in group]
    assert sorted(shown) == sorted(Base.metadata.tables)


@pytest.mark.parametrize("language", FILES)
def test_what_is_made_takes_the_place_of_what_was_there(language: Language) -> None:
    made = current("a\n<!-- diagram shared -->\nold\n<!-- end -->\nb\n", language)
    assert made.startswith(
        "a\n<!-- diagram shared -->\n```mermaid\nerDiagram\n    documents {\n        integer id PK\n"
    )
    assert made.endswith("```\n<!-- end -->\nb\n") and "old" not in made
    assert '    plans |o--o{ documents : "plan_id"\n' in made


def test_a_page_is_written_in_place(tmp_path: Path) -> None:
    page = tmp_path / "database.vi.md"
    page.write_text("a\r\n<!-- diagram shared -->\r\nold\r\n<!-- end -->\r\nb\r\n", encoding="utf-8", newline="")
    rewrite({"vi": page}, current)
    assert page.read_bytes().decode() == current("a\n<!-- diagram shared -->\n<!-- end -->\nb\n", "vi")
    assert [file.name for file in tmp_path.iterdir()] == ["database.vi.md"]


@pytest.mark.parametrize("file", [file.name for file in FILES.values()])
def test_every_part_of_both_pages_is_made(file: str) -> None:
    words = (Path(FILES["en"]).parent / file).read_text(encoding="utf-8")
    for group in GROUPS:
        assert words.count(f"<!-- diagram {group} -->") == words.count(f"<!-- tables {group} -->") == 1
    assert words.count("<!-- views -->") == 1
