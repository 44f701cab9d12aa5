"""What the database has beside its tables: views for dashboards, the index of words, and the rule that spans stay
within their text. All of it follows from the tables, so every migration drops it before and makes it anew afterwards.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from models import tables as t

VIEWS = ("v_plan_summary", "v_catalogue", "v_deadlines", "v_targets", "v_compare", "v_citations", "v_still_cited")
"""The names of `views/*.sql`; one that reads another comes after it."""

SEARCHED = "passages_words"
"""The index of words: a table of FTS5 (rowid: `passages.id`) on SQLite, an index for text search on PostgreSQL."""

_FOLDER = Path(__file__).parent / "views"
_IN_TEXT = (t.Section, t.Citation, t.Deadline, t.Target, t.Task)


def make_objects(connection: Connection) -> None:
    """Makes views, triggers and the index of words on tables that have none of them."""
    for statement in (*_MAKE[connection.dialect.name](), *map(_view, VIEWS)):
        connection.exec_driver_sql(statement)


def drop_objects(connection: Connection) -> None:
    """Drops what `make_objects` makes, as far as it is there."""
    for view in reversed(VIEWS):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {view}")
    for statement in _DROP[connection.dialect.name]():
        connection.exec_driver_sql(statement)


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether something of the database is described by `models.tables`: alembic asks so. The index of words is not."""
    return not (kind in ("table", "index") and (name or "").startswith(SEARCHED))


def view_sql(name: str) -> str:
    """The query of a view; the comment above it says what it is for."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def columns_of(connection: Connection, view: str) -> list[str]:
    """The names of a view's columns."""
    return list(connection.exec_driver_sql(f"SELECT * FROM {view} LIMIT 0").keys())


def _view(name: str) -> str:
    return f"CREATE VIEW {name} AS\n{view_sql(name)}"


def _make_sqlite() -> list[str]:
    words = f"INSERT INTO {SEARCHED}"
    gone = f"{words} ({SEARCHED}, rowid, words) VALUES ('delete', OLD.id, OLD.words)"
    return [
        f"CREATE VIRTUAL TABLE {SEARCHED} USING fts5 (words, content='passages', content_rowid='id')",
        f"{words} ({SEARCHED}) VALUES ('rebuild')",
        f"CREATE TRIGGER passages_added AFTER INSERT ON passages "
        f"BEGIN {words} (rowid, words) VALUES (NEW.id, NEW.words); END",
        f"CREATE TRIGGER passages_gone AFTER DELETE ON passages BEGIN {gone}; END",
        *(
            f"CREATE TRIGGER {table}_in_text_{when.lower()} BEFORE {when} ON {table} "
            f"WHEN NEW.span_end > (SELECT text_chars FROM plans WHERE id = NEW.plan_id) "
            f"BEGIN SELECT RAISE(ABORT, '{table}: span outside the text'); END"
            for table in _tables()
            for when in ("INSERT", "UPDATE")
        ),
    ]


def _drop_sqlite() -> list[str]:
    triggers = ["passages_added", "passages_gone"]
    triggers += [f"{table}_in_text_{when}" for table in _tables() for when in ("insert", "update")]
    return [*(f"DROP TRIGGER IF EXISTS {name}" for name in triggers), f"DROP TABLE IF EXISTS {SEARCHED}"]


def _make_postgresql() -> list[str]:
    # One look for all rows of a statement.
    function = """
CREATE FUNCTION kehoach_in_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM written JOIN plans ON plans.id = written.plan_id WHERE span_end > text_chars) THEN
        RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': span outside the text', ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$"""
    return [
        f"CREATE INDEX {SEARCHED} ON passages USING gin (to_tsvector('simple', words))",
        function,
        *(
            f"CREATE TRIGGER {table}_in_text_{when.lower()} AFTER {when} ON {table} "
            "REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION kehoach_in_text()"
            for table in _tables()
            for when in ("INSERT", "UPDATE")
        ),
    ]


def _drop_postgresql() -> list[str]:
    return [f"DROP INDEX IF EXISTS {SEARCHED}", "DROP FUNCTION IF EXISTS kehoach_in_text() CASCADE"]


def _tables() -> list[str]:
    return [table.__tablename__ for table in _IN_TEXT]


_MAKE = {"sqlite": _make_sqlite, "postgresql": _make_postgresql}
_DROP = {"sqlite": _drop_sqlite, "postgresql": _drop_postgresql}
