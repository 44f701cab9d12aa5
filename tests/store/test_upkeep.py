"""Whether a database is whole, what it holds, and room given back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.errors import DatabaseError
from pipeline.store import Store, open_store, queries
from pipeline.store.database import HEAD, bring_to_head, connect, writing
from pipeline.store.upkeep import Problem, check, stats, vacuum
from store.plans import FULL, TEXT, metadata, plan


def filled(store: Store) -> str:
    key = store.save(FULL, TEXT).plan
    store.settle()
    return key


def break_with(store: Store, statement: str) -> None:
    with writing(store.engine) as connection:
        connection.execute(text(statement))


def test_a_sound_database(store: Store) -> None:
    assert check(store.engine) == []
    filled(store)
    store.fail("/lost.pdf", DatabaseError("empty", "/lost.pdf"))
    assert check(store.engine) == []


BREAKING = [
    ("UPDATE plan_texts SET text = substr(text, 1, 125)", "span", "deadlines"),
    ("UPDATE sections SET heading_start = 5, heading_end = 100000 WHERE position = 0", "span", "sections"),
    ("UPDATE plan_texts SET text = ''", "span", "sections"),
    ("DELETE FROM plan_texts", "text", "plans"),
    ("DELETE FROM measures", "derived", "measures"),
    ("DELETE FROM passages", "derived", "passages"),
    ("DELETE FROM comparables", "derived", "comparables"),
    ("UPDATE comparables SET low = 1", "derived", "comparables"),
    ("DELETE FROM source_files", "file", "plans"),
    ("UPDATE source_files SET state = 'failed'", "file", "source_files"),
    ("INSERT INTO organisations (id, key, name) VALUES (9999, 'x', 'X')", "unused", "organisations"),
    ("INSERT INTO provinces (id, name, scheme) VALUES (9999, 'X', 63)", "unused", "provinces"),
    ("INSERT INTO indicators (id) VALUES ('x')", "unused", "indicators"),
    ("INSERT INTO documents (id, key, stale) VALUES (9999, 'x', FALSE)", "unused", "documents"),
    ("UPDATE documents SET stale = TRUE", "stale", "documents"),
]


@pytest.mark.parametrize(("statement", "kind", "table"), BREAKING)
def test_what_is_wrong_is_named(store: Store, statement: str, kind: str, table: str) -> None:
    filled(store)
    break_with(store, statement)
    found = check(store.engine)
    assert found
    assert {problem.kind for problem in found} == {kind}
    assert table in {problem.table for problem in found}


def test_a_span_is_named_by_its_plan_and_fact(store: Store) -> None:
    key = filled(store)
    break_with(store, "UPDATE sections SET heading_start = 5, heading_end = 100000 WHERE position = 0")
    assert check(store.engine) == [Problem("span", "sections", f"{key} {FULL.sections[0].id}")]


def test_a_key_that_points_at_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "kehoach.db") as store:
        filled(store)
        with store.engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys = OFF")
            driver.execute("UPDATE citations SET document_id = 9999 WHERE document_id IS NOT NULL")
            driver.execute("PRAGMA foreign_keys = ON")
        assert {(p.kind, p.table) for p in check(store.engine) if p.kind != "unused"} == {("reference", "citations")}


def test_damage_is_found(tmp_path: Path) -> None:
    path = tmp_path / "kehoach.db"
    with open_store(path) as store:
        filled(store)
        with store.engine.connect() as connection:
            page = connection.exec_driver_sql(
                "SELECT rootpage FROM sqlite_master WHERE name = 'ix_plans_code'"
            ).scalar_one()
            size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    with path.open("r+b") as file:
        file.seek((page - 1) * size + size - 200)
        file.write(b"\x55" * 200)
    with open_store(path) as store:
        found = check(store.engine)
    assert {problem.kind for problem in found} == {"damage"}


def test_statistics(store: Store) -> None:
    filled(store)
    store.save(plan("/b.txt", "9/KH-SYT", meta=metadata("9/KH-SYT")), TEXT)
    store.settle()
    found = stats(store.engine)
    with store.reading() as connection:
        assert found.rows == queries.counts(connection)
    assert found.rows["plans"] == 2
    assert sum(found.extractors.values()) == 2
    assert found.version == HEAD
    assert found.size > 10_000
    assert found.size_per_plan == found.size / 2
    assert (found.free is None) == (store.engine.dialect.name == "postgresql")


def test_statistics_of_nothing(store: Store) -> None:
    assert stats(store.engine).size_per_plan is None


def test_vacuum_gives_room_back(store: Store) -> None:
    for n in range(20):
        code = f"{n}/KH-SYT"
        store.save(plan(f"/{n}.txt", code, meta=metadata(code)), "một hai ba " * 2000)
    for n in range(20):
        store.remove(f"{n}/KH-SYT")
    key = filled(store)
    before, after = vacuum(store.engine)
    if store.engine.dialect.name == "sqlite":  # PostgreSQL keeps the room for its own rows
        assert after < before / 2
        assert stats(store.engine).free == 0
    assert store.load(key) == FULL
    assert check(store.engine) == []


def test_the_version_that_was_there(url: str) -> None:
    engine = connect(url)
    assert bring_to_head(engine) is None
    assert bring_to_head(engine) == HEAD
    engine.dispose()
