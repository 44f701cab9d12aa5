"""Facts into a database: our own load, and the driver's plain `executemany` of the very rows that it left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from time import perf_counter, process_time
from typing import Any, NamedTuple

from sqlalchemy import Column, Engine, MetaData, Table

from models.tables import Base
from pipeline.store import Store, open_store
from pipeline.store.database import connect, outside
from pipeline.store.writing import Reading

BATCH = 250  # plans saved in one transaction

SAME_SCHEMA = "executemany, the same schema"
BARE = "executemany, bare tables"

Rows = dict[str, list[tuple[Any, ...]]]
"""The rows of each table, as the driver gives and takes them."""


class Load(NamedTuple):
    """How long loading took, this process's own processor time in it, how much of the whole `settle` took, and the rows
    that are there afterwards."""

    seconds: float
    processor: float
    settle_seconds: float
    rows: int
    plans: int


class Peer(NamedTuple):
    """The same rows by `executemany` in one transaction. `ratio` is our rows a second as a share of the peer's: by
    processor time on SQLite, which works in this process, so that other work on the machine does not count; by the
    clock on PostgreSQL. `ratio_clock` is by the clock on both."""

    name: str
    seconds: float
    processor: float
    ratio: float
    ratio_clock: float


class Spent:
    """A stopwatch for the clock and for the processor."""

    def __init__(self) -> None:
        self.seconds = self.processor = 0.0

    def __enter__(self) -> Spent:
        self._begun = perf_counter(), process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds += perf_counter() - self._begun[0]
        self.processor += process_time() - self._begun[1]


def load(store: Store, readings: Iterable[Reading]) -> Load:
    """Saves the plans in batches and settles. Making their facts is not counted: they may come as they are made."""
    spent, settled = Spent(), Spent()
    rest = iter(readings)
    while batch := list(islice(rest, BATCH)):
        with spent:
            store.save_all(batch)
    with spent, settled:
        store.settle()
    counts = row_counts(store.engine)
    return Load(spent.seconds, spent.processor, settled.seconds, sum(counts.values()), counts["plans"])


def row_counts(engine: Engine) -> dict[str, int]:
    """How many rows each of our tables has."""
    with engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one()
            for name in Base.metadata.tables
        }


def peers(ours: Load, store: Store, same_schema: str, bare: str) -> Iterator[Peer]:
    """Loads the rows of the store into two empty databases: one with our schema, one with tables that have neither
    keys nor indexes nor triggers."""
    rows = _rows_of(store)
    with open_store(same_schema) as other:
        _empty(other.engine)
        yield _peer(SAME_SCHEMA, ours, other.engine, rows)
    engine = connect(bare)
    try:
        _bare_tables(engine)
        yield _peer(BARE, ours, engine, rows)
    finally:
        engine.dispose()


def _peer(name: str, ours: Load, engine: Engine, rows: Rows) -> Peer:
    spent = _executemany(engine, rows)
    clock, processor = spent.seconds / ours.seconds, spent.processor / ours.processor
    ratio = processor if engine.dialect.name == "sqlite" else clock
    return Peer(name, spent.seconds, spent.processor, ratio, clock)


def _rows_of(store: Store) -> Rows:
    """All rows, those that others of their table point at before these."""
    found: Rows = {}
    with outside(store.engine) as driver:
        if store.engine.dialect.name == "postgresql":
            _json_as_text(driver)
        for table in Base.metadata.sorted_tables:
            with closing(driver.cursor()) as cursor:
                cursor.execute(f"SELECT {', '.join(_columns(table))} FROM {table.name}")
                found[table.name] = _pointed_at_first(table, cursor.fetchall())
    return found


def _pointed_at_first(table: Table, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    names = list(table.c.keys())
    own = [names.index(key.parent.name) for key in table.foreign_keys if key.column is table.c.get("id")]
    if not own:
        return rows
    at = names.index("id")
    there: set[Any] = {None}
    ordered: list[tuple[Any, ...]] = []
    while rows:
        ready = [row for row in rows if there.issuperset(row[i] for i in own)]
        if not ready:
            raise ValueError(f"rows of {table.name} point at each other")
        ordered += ready
        there.update(row[at] for row in ready)
        rows = [row for row in rows if row[at] not in there]
    return ordered


def _columns(table: Table) -> list[str]:
    return [f'"{name}"' for name in table.c.keys()]  # noqa: SIM118 - of a table, not of a dictionary


def _json_as_text(driver: Any) -> None:
    """JSON goes from one database to the other as it is written, so that Python's own part is not measured."""
    from psycopg.types.string import TextLoader

    driver.adapters.register_loader("json", TextLoader)


def _empty(engine: Engine) -> None:
    """Takes out what a new database of ours has: the peer writes that, too."""
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


def _bare_tables(engine: Engine) -> None:
    bare = MetaData()
    for table in Base.metadata.sorted_tables:
        Table(table.name, bare, *(Column(column.name, column.type) for column in table.c))
    bare.create_all(engine)


def _executemany(engine: Engine, rows: Rows) -> Spent:
    """Writes the rows in one transaction; the time from its beginning to the end of its commit."""
    place = "?" if engine.dialect.name == "sqlite" else "%s"
    statements = {
        table.name: f"INSERT INTO {table.name} ({', '.join(_columns(table))}) "
        f"VALUES ({', '.join([place] * len(table.c))})"
        for table in Base.metadata.sorted_tables
    }
    spent = Spent()
    with outside(engine) as driver, closing(driver.cursor()) as cursor, spent:
        cursor.execute("BEGIN")
        for name, found in rows.items():
            cursor.executemany(statements[name], found)
        cursor.execute("COMMIT")
    return spent
