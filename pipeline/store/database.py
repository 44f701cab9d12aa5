"""Opens a database: SQLite beside the user's files, or PostgreSQL by the same tables.

SQLite keeps its rollback journal (DELETE) rather than write-ahead logging: WAL needs memory shared between the
processes, which network drives don't give, and leaves facts in a second file that is forgotten when somebody copies the
database. A transaction that `kill -9` cuts is rolled back by the next one who opens it. Writers begin with their lock
(BEGIN IMMEDIATE), so two of them wait for each other instead of failing half-way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, SQLAlchemyError

from models.tables import Base
from pipeline.errors import DatabaseError
from pipeline.store.objects import make_objects
from pipeline.store.reference import fill

DEFAULT_DATABASE = "kehoach.db"
VERSION_TABLE = "kehoach_version"
HEAD = "0004"
"""The newest migration (`tests/store` holds it to the scripts). Known here, so that alembic is imported only where
older tables have to be changed."""

_SQLITE_MAGIC = b"SQLite format 3\0"
LOCK_SECONDS = 30  # how long to wait for another writer; saving one plan takes some milliseconds
_SQLITE_CACHE = 32 * 1024  # KiB; with SQLite's own 2 MB, a large database reads and writes the same pages over and over
_POSTGRES_LOCK = 0x6B65686F  # any number that all kehoach processes share
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
    "postgresql": "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()",
}


def database_url(url: str | Path) -> URL:
    """The SQLAlchemy URL of a URL or of the path of an SQLite file."""
    if isinstance(url, str) and "://" in url:
        try:
            return make_url(url)
        except ArgumentError as error:
            raise DatabaseError("database_url", url) from error
    return URL.create("sqlite", database=str(url))


def database_name(url: URL) -> str:
    """How messages name the database: the file, or the URL without its password."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.render_as_string(hide_password=True)


def open_engine(where: str | Path, *, create: bool = True) -> Engine:
    """An engine on a database whose tables are those of this version, migrated or made where they are not.

    Raises DatabaseError: no such file and not `create`, no place to write, no database, somebody else's, a newer one.
    """
    engine = connect(where, create=create)
    try:
        bring_to_head(engine)
    except DatabaseError:
        engine.dispose()
        raise
    return engine


def open_reader(where: str | Path) -> Engine:
    """An engine on a database that is there, with the tables of this version, and that nobody can change through it.

    Raises DatabaseError: none there, somebody else's, an older one (nothing is migrated), a newer one.
    """
    engine = connect(where, create=False)
    event.listen(engine, "connect", _READ_ONLY[engine.dialect.name])
    try:
        with guarded(engine):
            version = stored_version(engine)
        if version is None:
            raise DatabaseError("database_missing", database_name(engine.url))
        if version != HEAD:
            raise DatabaseError("database_older", database_name(engine.url), version=version or "0", head=HEAD)
    except DatabaseError:
        engine.dispose()
        raise
    return engine


def connect(where: str | Path, *, create: bool = True) -> Engine:
    """An engine on a database as it is, whatever its tables. Raises DatabaseError as `open_engine` does."""
    url = database_url(where)
    name = database_name(url)
    backend = url.get_backend_name()
    if backend not in _TABLES:
        raise DatabaseError("database_url", name)
    if backend == "sqlite":
        _check_file(url.database, create)
    try:
        engine = create_engine(
            url,
            connect_args={"timeout": LOCK_SECONDS} if backend == "sqlite" else {},
            json_serializer=lambda value: msgspec.json.encode(value).decode(),
            json_deserializer=msgspec.json.decode,
        )
    except (ImportError, SQLAlchemyError) as error:
        raise DatabaseError("database_driver", name, reason=str(error)) from error
    if backend == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _check_file(database: str | None, create: bool) -> None:
    """Reasons that SQLite itself words badly ("unable to open database file")."""
    if not database or database == ":memory:":
        return
    path = Path(database)
    try:
        if path.is_dir():
            raise DatabaseError("database_none", database)
        if not path.exists():
            if not create:
                raise DatabaseError("database_missing", database)
            if not path.absolute().parent.is_dir():
                raise DatabaseError("database_folder", database, folder=str(path.absolute().parent))
            return
        with path.open("rb") as file:
            magic = file.read(len(_SQLITE_MAGIC))
    except OSError as error:
        raise DatabaseError("database_failed", database, reason=str(error)) from error
    if magic and magic != _SQLITE_MAGIC:
        raise DatabaseError("database_none", database)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The sqlite3 module would begin transactions late and only before some statements; `_begin_sqlite` does it.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_SQLITE_CACHE}")


def _read_only_sqlite(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")


def _read_only_postgresql(connection: Any, _record: object) -> None:
    connection.execute("SET default_transaction_read_only = on")
    connection.commit()


_READ_ONLY = {"sqlite": _read_only_sqlite, "postgresql": _read_only_postgresql}


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("kehoach_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def guarded(engine: Engine) -> Iterator[None]:
    """Turns what the database itself can't do (locked, full, gone, damaged) into DatabaseError.

    Rows that break a rule are the caller's fault and pass as they are.
    """
    try:
        yield
    except (IntegrityError, DataError):
        raise
    except DBAPIError as error:
        raise DatabaseError("database_failed", database_name(engine.url), reason=str(error.orig)) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database, however many queries it takes."""
    with guarded(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of the one writer: all of it or nothing is kept; others wait."""
    with guarded(engine), engine.connect() as connection:
        connection = connection.execution_options(kehoach_write=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _POSTGRES_LOCK})
            yield connection


@contextmanager
def altering(engine: Engine) -> Iterator[Connection]:
    """`writing`, for changes of tables. SQLite changes a table by making it anew and dropping the old one, and dropping
    one deletes all that hangs on its rows: foreign keys sleep meanwhile, and are proved before the commit
    (https://sqlite.org/lang_altertable.html#otheralter)."""
    if engine.dialect.name != "sqlite":
        with writing(engine) as connection:
            yield connection
        return
    with guarded(engine), engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys = OFF")  # says nothing within a transaction
        try:
            connection = connection.execution_options(kehoach_write=True)
            with connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                    reason = f"foreign keys: {broken[0]}"
                    raise DatabaseError("database_failed", database_name(engine.url), reason=reason)
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


@contextmanager
def outside(engine: Engine) -> Iterator[Any]:
    """The driver's own connection, outside any transaction, for what can't be within one; closed afterwards."""
    try:
        with guarded(engine):
            pooled = engine.raw_connection()
        driver: Any = pooled.driver_connection
        pooled.detach()  # what is set on it here is not for the next one
        try:
            if engine.dialect.name == "postgresql":
                driver.autocommit = True
            yield driver
        finally:
            pooled.close()
    except engine.dialect.loaded_dbapi.Error as error:
        raise DatabaseError("database_failed", database_name(engine.url), reason=str(error)) from error


def bring_to_head(engine: Engine) -> str | None:
    """Migrates the tables to this version, or makes them. The version that was there, None in an empty database."""
    name = database_name(engine.url)
    with guarded(engine):
        if (version := stored_version(engine)) == HEAD:
            return version
        with altering(engine) as connection:
            # Asked again under the lock: another process may have been faster.
            version = _version(connection, name)
            if version is None:
                _make_tables(connection)
            elif version != HEAD:
                from pipeline.store.migrations import upgrade

                upgrade(connection)
    return version


def stored_version(engine: Engine) -> str | None:
    """The version of our tables ("" before the first migration), None in an empty database.

    Raises DatabaseError for somebody else's tables and for those of a newer version.
    """
    with reading(engine) as connection:
        return _version(connection, database_name(engine.url))


def tables(connection: Connection) -> set[str]:
    """The names of all tables of the database (and views, on PostgreSQL)."""
    return set(connection.exec_driver_sql(_TABLES[connection.dialect.name]).scalars())


def _make_tables(connection: Connection) -> None:
    """What all migrations together make (`tests/store` holds them to it), without half a second for alembic."""
    Base.metadata.create_all(connection, checkfirst=False)
    make_objects(connection)
    fill(connection)
    versions = Table(
        VERSION_TABLE,
        MetaData(),
        Column("version_num", String(32), nullable=False),
        PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),
    )
    versions.create(connection)
    connection.execute(versions.insert().values(version_num=HEAD))


def _version(connection: Connection, name: str) -> str | None:
    there = tables(connection)
    if VERSION_TABLE not in there:
        if there:
            raise DatabaseError("database_foreign", name)
        return None
    version = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar() or ""
    if version > HEAD:
        raise DatabaseError("database_newer", name, version=version, head=HEAD)
    return str(version)
