"""Opening a database: what is made, what is refused and with which words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from models.tables import Base
from pipeline.errors import DatabaseError
from pipeline.store import Store, open_store, queries
from pipeline.store.database import HEAD, VERSION_TABLE, altering, database_name, database_url, open_engine, writing
from pipeline.store.migrations import config, upgrade
from pipeline.store.objects import SEARCHED, VIEWS, drop_objects, is_ours
from store.plans import FULL, TEXT, metadata, plan, reference
from tests.postgres import MISSING

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(MISSING, reason="no PostgreSQL: these tests ran on SQLite alone")
def test_the_other_tests_run_on_both_databases(url: str, request: pytest.FixtureRequest) -> None:
    with open_store(url) as store:
        assert store.engine.dialect.name == request.node.callspec.params["url"]


@pytest.fixture
def migrated(url: str) -> Iterator[Engine]:
    """An empty database that went through all migrations."""
    open_engine(url).dispose()  # makes an engine as users have it
    engine = open_engine(url)
    with writing(engine) as connection:
        drop_objects(connection)
        Base.metadata.drop_all(connection)
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
        upgrade(connection)
    yield engine
    engine.dispose()


def test_the_migrations_make_the_tables_of_the_models(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "include_name": is_ours})
        assert compare_metadata(context, Base.metadata) == []
        assert context.get_current_revision() == HEAD


def test_a_migrated_database_is_opened_as_it_is(migrated: Engine, url: str) -> None:
    with open_store(url) as store:
        assert store.load(store.save(FULL, TEXT).plan) == FULL


def test_the_migrations_write_what_the_models_write(tmp_path: Path) -> None:
    """Alembic does not compare everything (checks, deferred keys); the words of CREATE do."""

    def statements(connection: Connection) -> dict[str, list[str]]:
        query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        rows = connection.exec_driver_sql(query)
        # Constraints may stand in another order, and a table that was made anew has its name in quotation marks.
        plain = ((name, sql.replace(f'TABLE "{name}"', f"TABLE {name}")) for name, sql in rows)
        return {name: sorted(sql.replace("\t", "").replace(", \n", "\n").split("\n")) for name, sql in plain}

    with open_store(tmp_path / "made.db") as store, store.engine.connect() as connection:
        made = statements(connection)
    with create_engine("sqlite://").connect() as connection:
        upgrade(connection)
        assert statements(connection) == made


def test_head_is_the_last_migration(tmp_path: Path) -> None:
    with create_engine("sqlite://").connect() as connection:
        assert ScriptDirectory.from_config(config(connection)).get_heads() == [HEAD]


def test_every_foreign_key_is_enforced(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    tables = inspect(store.engine)
    assert {key["referred_table"] for key in tables.get_foreign_keys("citations")} == {
        "plans",
        "sections",
        "organisations",
        "documents",
    }


def test_opening_needs_no_alembic_but_for_older_tables(tmp_path: Path) -> None:
    script = (
        "import sys; from pipeline.store import open_store; open_store(sys.argv[1]).close(); open_store(sys.argv[1]).close();"
        "print(any(name.split('.')[0] == 'alembic' for name in sys.modules))"
    )
    run = [sys.executable, "-c", script, str(tmp_path / "kehoach.db")]
    assert subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip() == "False"


def test_older_tables_are_migrated(tmp_path: Path) -> None:
    path = tmp_path / "kehoach.db"
    open_store(path).close()
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name != VERSION_TABLE and not name.startswith(f"{SEARCHED}_"):
                connection.execute(f"DROP TABLE {name}")
        for view in VIEWS:
            connection.execute(f"DROP VIEW {view}")
        connection.execute(f"DELETE FROM {VERSION_TABLE}")
    with open_store(path) as store:
        store.save(FULL, TEXT)
    with sqlite3.connect(path) as connection:
        assert connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall() == [(HEAD,)]


def test_migrations_down_and_up_keep_what_is_there(url: str) -> None:
    with open_store(url) as store:
        key = store.save(FULL, TEXT).plan
    engine = open_engine(url)
    with altering(engine) as connection:
        command.downgrade(config(connection), "0001")
        assert "ocr_confidence" not in {column["name"] for column in inspect(connection).get_columns("plans")}
    engine.dispose()
    with open_store(url) as store:
        kept = store.load(key)
    assert kept is not None
    assert kept == msgspec.structs.replace(FULL, source=msgspec.structs.replace(FULL.source, ocr_confidence=None))


NONSENSE = [
    "UPDATE deadlines SET span_end = 100000",  # beyond the text
    "UPDATE sections SET span_start = -1",
    "UPDATE citations SET span_start = 50, span_end = 40",
    "UPDATE deadlines SET start_date = '2024-02-01', end_date = '2024-01-31'",
    "UPDATE deadlines SET rrule = NULL WHERE kind = 'recurring'",
    "UPDATE deadlines SET kind = 'someday'",
    "UPDATE deadlines SET page = 0",
    "UPDATE targets SET low = 95, high = 90",
    "UPDATE targets SET period_start = '2025-01-01', period_end = '2024-12-31'",
    "UPDATE targets SET comparator = '~'",
    "UPDATE targets SET confidence = 1.5",
    "UPDATE targets SET part_of_id = fact_id",
    "UPDATE citations SET relation = 'likes'",
    "UPDATE section_roles SET role = 'nonsense'",
    "UPDATE sections SET parent_id = fact_id",
    "UPDATE plans SET period_start = '2025-01-01', period_end = '2024-12-31'",
    "UPDATE plans SET text_chars = -1",
    "UPDATE documents SET dated_id = id",
    "UPDATE documents SET status = 'forgotten'",
    "UPDATE deadline_days SET working_day = '1999-01-01'",
    "UPDATE tasks SET deadline_id = 'nobody'",
]


@pytest.mark.parametrize("statement", NONSENSE)
def test_nonsense_is_refused(store: Store, statement: str) -> None:
    store.save(FULL, TEXT)
    with pytest.raises(IntegrityError), writing(store.engine) as connection:
        assert connection.execute(text(statement)).rowcount > 0


def refused(path: Path | str, code: str, *, create: bool = True) -> str:
    """Opening fails with this error; what it says in English."""
    with pytest.raises(DatabaseError) as caught:
        open_store(path, create=create)
    assert caught.value.code == code
    message = caught.value.message("en")
    assert message.startswith(f"{path}: ")
    assert caught.value.message("vi").startswith(f"{path}: ")
    return message


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(2000))
    refused(path, "database_none")
    assert path.read_bytes() == b"PK\x03\x04" + bytes(2000)


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "database_none")


def test_a_damaged_database(tmp_path: Path) -> None:
    path = tmp_path / "kehoach.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    refused(path, "database_failed")


def test_somebody_elses_database(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE plans (id INTEGER)")
    refused(path, "database_foreign")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("plans",)]


def test_a_newer_database(tmp_path: Path) -> None:
    path = tmp_path / "kehoach.db"
    open_store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    assert "9999" in refused(path, "database_newer")


@pytest.mark.parametrize("below", ["file", "file/deeper", "missing/folder"])
def test_a_place_that_can_not_be_written(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused(tmp_path / below / "kehoach.db", "database_folder")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a file system that nobody writes")
def test_a_read_only_place() -> None:
    refused("/proc/self/kehoach.db", "database_failed")


def test_a_missing_database_is_not_made_by_who_only_asks(tmp_path: Path) -> None:
    path = tmp_path / "kehoach.db"
    refused(path, "database_missing", create=False)
    assert not path.exists()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://host/plans", "database_url"),
        ("no such://url", "database_url"),
        ("postgresql+nodriver://host/plans", "database_driver"),
    ],
)
def test_urls_that_name_no_database(url: str, code: str) -> None:
    refused(url, code)


def test_a_password_is_not_shown() -> None:
    assert database_name(database_url("postgresql://lan:secret@host/plans")) == "postgresql://lan:***@host/plans"


def test_paths_with_odd_characters(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch #1 50%?.db"
    with open_store(path) as store:
        store.save(FULL, TEXT)
    assert path.exists()
    with open_store(path, create=False) as store:
        assert store.load("07/KH-SYT") == FULL


def test_a_full_disk_or_lost_file_names_the_database(tmp_path: Path) -> None:
    path = tmp_path / "kehoach.db"
    with open_store(path) as store:
        with store.engine.begin() as connection:
            connection.execute(text("DROP TABLE plans"))
        with pytest.raises(DatabaseError) as caught:
            store.save(plan(), TEXT)
    assert str(path) in str(caught.value)


def test_writers_wait_for_each_other(url: str) -> None:
    """Four at a time make the database, save, settle and read; all of them see the whole of it in the end."""

    def write(name: str) -> None:
        with open_store(url) as store:
            for n in range(5):
                code = f"{n}{name}/KH-SYT"
                key = store.save(
                    plan(f"/{name}-{n}.txt", code, meta=metadata(code), references=(reference(),)), TEXT
                ).plan
                store.settle()
                assert store.load(key).references

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, "1234"))
    with open_store(url) as store, store.reading() as connection:
        numbers = queries.counts(connection)
    assert (numbers["plans"], numbers["references"], numbers["documents"]) == (20, 20, 1)


def test_memory() -> None:
    with open_store("sqlite://") as store:
        store.save(FULL, TEXT)
        assert store.load("07/KH-SYT") == FULL


def test_tables_are_made_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kehoach.db"
    with monkeypatch.context() as patch, pytest.raises(RecursionError):
        # The last statement of making them fails.
        patch.setattr(Table, "create", raise_recursion_error)
        open_store(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    open_store(path).close()


def raise_recursion_error(*_: object) -> None:
    raise RecursionError
