"""The generated parts of `docs/database.md` and `docs/database.vi.md`: the diagram of the tables, and what every table,
view and column means. `python -m pipeline.store.manual` brings the files up to date; a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table

from data import load
from models.tables import Base
from pipeline.docs import Language, pages, renewed, rewrite
from pipeline.store.export import Described, dictionary, kind_of, view_dictionary
from pipeline.store.store import open_store

FILES = pages("database")
GROUPS: dict[str, tuple[str, ...]] = {
    "plans": (
        "source_files", "failures", "plans", "plan_texts", "recipients", "warnings", "plan_links", "fact_changes",
    ),
    "facts": (
        "sections", "section_roles", "citations", "deadlines", "deadline_tasks", "targets", "tasks",
        "task_organisations", "plan_tables",
    ),
    "shared": ("documents", "document_relations", "document_warnings", "organisations", "provinces", "indicators"),
    "derived": ("deadline_days", "measures", "comparables", "ranks", "amendments", "passages", "decisions", "settings"),
}  # fmt: skip
"""The tables as the diagrams show them: one for each group, with the tables of others that its own name."""

_HEADS = {"en": "| column | | what it means |", "vi": "| cột | | ý nghĩa |"}


def current(words: str, language: Language) -> str:
    """A document with its generated parts made anew."""
    return renewed(words, lambda name: _made(name, language))


def _made(name: str, language: Language) -> Iterator[str]:
    kind, _, group = name.partition(" ")
    return {"diagram": _diagram, "tables": _tables, "views": _views}[kind](group, language)


def _diagram(group: str, _: Language) -> Iterator[str]:
    """The tables of a group with their keys, in Mermaid."""
    tables = [Base.metadata.tables[name] for name in GROUPS[group]]
    yield "```mermaid"
    yield "erDiagram"
    for table in tables:
        yield f"    {table.name} {{"
        for column in table.columns:
            keys = ",".join([*(["PK"] if column.primary_key else []), *(["FK"] if column.foreign_keys else [])])
            if keys or not table.primary_key:
                yield f"        {kind_of(column)} {column.name} {keys}"
        yield "    }"
    for table in tables:
        yield from _relations(table)
    yield "```"


def _relations(table: Table) -> Iterator[str]:
    """A line for each foreign key: "plans ||--o{ citations"; what may be empty points at one or none."""
    for key in sorted(table.foreign_key_constraints, key=lambda key: [column.name for column in key.columns]):
        columns = [column for column in key.columns if column.name != "plan_id"] or list(key.columns)
        one = "|o" if any(column.nullable for column in columns) else "||"
        many = "o|" if {column.name for column in key.columns} == {c.name for c in table.primary_key} else "o{"
        yield f'    {key.referred_table.name} {one}--{many} {table.name} : "{columns[-1].name}"'


def _tables(group: str, language: Language) -> Iterator[str]:
    lines = dictionary()
    described = {name: [line for line in lines if line.table == name] for name in GROUPS[group]}
    return _described("tables", described, language)


def _views(_: str, language: Language) -> Iterator[str]:
    with open_store("sqlite://") as store, store.reading() as connection:
        return _described("views", view_dictionary(connection), language)


def _described(kind: str, described: dict[str, list[Described]], language: Language) -> Iterator[str]:
    """A heading and a table of the columns for each of these tables or views."""
    vi = language == "vi"
    for name, lines in described.items():
        names = load("dictionary")[kind][name]["names"]
        yield f"### {name}"
        yield ""
        yield f"**{names[0]}.** {names[1]}" if vi else names[2]
        yield ""
        yield _HEADS[language]
        yield "| --- | --- | --- |"
        for line in lines:
            meaning = f"{line.heading_vi}: {line.meaning_vi}" if vi else line.meaning_en
            yield f"| `{line.column}` | {' '.join(filter(None, (line.type, line.key)))} | {meaning} |"
        yield ""


if __name__ == "__main__":
    rewrite(FILES, current)
