"""Writes docs/questions.md and docs/questions.vi.md from docs/questions.toml: `python -m tests.questions.build_docs`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "questions.md", "vi": DOCS / "questions.vi.md"}
QUESTIONS: list[dict[str, Any]] = tomllib.loads((DOCS / "questions.toml").read_text(encoding="utf-8"))["questions"]

OPENING = {
    "en": """# Twenty-five questions

What people ask of many plans at once, each with one query or one command, and its answer on the sample plans. The
queries run alike on SQLite and PostgreSQL: in `sqlite3 kehoach.db`, in `psql`, or from Python, where the answer is a
data frame:

```python
from pipeline import api

with api.open("kehoach.db") as db:
    frame = db.query("SELECT ...")
```

The answers below are those of `kehoach ingest data/samples/plans`; these plans and their figures are invented.

_Made from questions.toml by `python -m tests.questions.build_docs`; the tests run every question._
""",
    "vi": """# Hai mươi lăm câu hỏi

Những điều người ta thường hỏi khi có nhiều kế hoạch, mỗi câu một truy vấn hoặc một lệnh, kèm câu trả lời trên bộ kế
hoạch mẫu. Truy vấn chạy như nhau trên SQLite và PostgreSQL: bằng `sqlite3 kehoach.db`, `psql`, hoặc từ Python, kết quả
là một data frame:

```python
from pipeline import api

with api.open("kehoach.db") as db:
    frame = db.query("SELECT ...")
```

Câu trả lời dưới đây là của `kehoach ingest data/samples/plans`; các kế hoạch mẫu và số liệu đều do dự án tự đặt ra.

_Tệp này được tạo từ questions.toml bằng `python -m tests.questions.build_docs`; bộ kiểm thử chạy từng câu hỏi._
""",
}
LIMITS = {"en": "Limits", "vi": "Lưu ý"}


def cell(value: object) -> str:
    """A value as one cell of a table: decimal numbers as short as they are, line breaks and bars harmless."""
    words = f"{value:g}" if isinstance(value, float) else str(value)
    return " ".join(words.split()).replace("|", "\\|")


def page(language: str) -> str:
    """The whole document in a language."""
    return "\n".join([OPENING[language], *_questions(language)])


def _questions(language: str) -> Iterator[str]:
    for number, question in enumerate(QUESTIONS, 1):
        yield f"## {number}. {question[language]}\n"
        if "sql" in question:
            yield f"```sql\n{question['sql'].strip()};\n```\n"
        else:
            yield f"```\n{question['command']}\n```\n"
        columns = question["columns"]
        yield "| " + " | ".join(columns) + " |"
        yield "|" + "---|" * len(columns)
        yield from ("| " + " | ".join(map(cell, row)) + " |" for row in question["answer"])
        yield f"\n{LIMITS[language]}: {question[f'limits_{language}']}\n"


def main() -> None:
    for language, path in PAGES.items():
        path.write_text(page(language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
