"""Commands that care for the database: `kehoach db`, `backup` and `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.base import DB, JSON_FLAG, Argument, Choice, Option, command
from pipeline.cli.forms import number
from pipeline.cli.output import Column, print_json, print_table, print_text
from pipeline.cli.words import say, term
from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from pipeline.store import Store
    from pipeline.store.upkeep import Stats

FORCE = Option(["--force"], is_flag=True)
# How the kinds of rows are called where no other table of the command line names them.
_LABELS = {
    "documents": "catalogue",
    "failures": "failed_files",
    "organisations": "organisations",
    "provinces": "provinces",
}


@command(
    "db",
    Argument("job", key="upkeep", type=Choice(["upgrade", "check", "stats", "vacuum", "renew"])),
    JSON_FLAG,
    DB,
    examples=(
        "kehoach db stats",
        "kehoach db check --json",
        "kehoach db upgrade --db plans.db",
        "kehoach db vacuum",
        "kehoach db renew",
    ),
)
def db(job: str, as_json: bool, db: str) -> ExitCode:
    """Do one job; FAILED where `check` finds something."""
    from pipeline.store import Store
    from pipeline.store.database import bring_to_head, connect

    with Store(connect(db, create=False)) as store:
        before = bring_to_head(store.engine)
        if job == "check":
            return _check(store, as_json)
        if job == "upgrade":
            _upgraded(store, before, as_json)
        elif job == "stats":
            _stats(store, as_json)
        elif job == "vacuum":
            _vacuum(store, as_json)
        else:
            _renew(store, as_json)
    return ExitCode.OK


def _upgraded(store: Store, before: str | None, as_json: bool) -> None:
    from pipeline.store.database import HEAD, database_name

    values = {"database": database_name(store.engine.url), "before": before or "0", "after": HEAD}
    if as_json:
        print_json(values)
    else:
        print_text(say("say.no_upgrade", **values) if before == HEAD else say("say.upgraded", **values))


def _check(store: Store, as_json: bool) -> ExitCode:
    from pipeline.store.upkeep import Problem, check

    found = check(store.engine)
    if as_json:
        print_json(found)
    elif found:
        columns: list[Column[Problem]] = [
            Column("problems", lambda p: term("problem", p.kind), share=1),
            Column("table", lambda p: p.table),
            Column("row", lambda p: p.row, share=2),
        ]
        print_table(found, columns, f"{say('label.problems')} ({len(found)})")
    else:
        print_text(say("say.whole"))
    return ExitCode.FAILED if found else ExitCode.OK


def _stats(store: Store, as_json: bool) -> None:
    from pipeline.store.upkeep import stats

    found = stats(store.engine)
    if as_json:
        print_json(found)
        return
    columns: list[Column[tuple[str, str]]] = [
        Column("held", lambda line: line[0], share=1),
        Column("counted", lambda line: line[1], right=True),
    ]
    print_table(_lines(found), columns, say("label.database"))


def _lines(found: Stats) -> list[tuple[str, str]]:
    """What the table of statistics says, line by line."""
    lines = [(say(f"label.{_LABELS.get(kind, kind)}"), number(count)) for kind, count in found.rows.items()]
    lines += [(f"{say('label.extractor')} {version}", number(count)) for version, count in found.extractors.items()]
    lines.append((say("label.tables_version"), found.version))
    lines.append((say("label.size"), _size(found.size)))
    if found.free is not None:
        lines.append((say("label.free"), _size(found.free)))
    if found.size_per_plan is not None:
        lines.append((say("label.size_per_plan"), _size(found.size_per_plan)))
    return lines


def _vacuum(store: Store, as_json: bool) -> None:
    from pipeline.store.upkeep import vacuum

    before, after = vacuum(store.engine)
    if as_json:
        print_json({"before": before, "after": after})
    else:
        print_text(say("say.vacuumed", before=_size(before), after=_size(after)))


def _renew(store: Store, as_json: bool) -> None:
    plans = store.renew()
    if as_json:
        print_json({"plans": plans})
    else:
        print_text(say("say.renewed", plans=number(plans)))


def _size(count: float) -> str:
    """Bytes for people."""
    return f"{number(count / 1000, 1)} kB" if count < 1e6 else f"{number(count / 1e6, 1)} MB"


@command(
    "backup",
    Argument("file", key="backup"),
    FORCE,
    JSON_FLAG,
    DB,
    examples=("kehoach backup kehoach-2025-12-31.db", "kehoach backup plans.dump --db postgresql://localhost/plans"),
)
def backup(file: str, force: bool, as_json: bool, db: str) -> None:
    """Copy the database into a file."""
    from pipeline.store.backup import backup as copy

    path = Path(file)
    copy(db, path, force=force)
    size = path.stat().st_size
    if as_json:
        print_json({"file": file, "size": size})
    else:
        print_text(say("say.backed_up", file=file, size=_size(size)))


@command(
    "restore",
    Argument("file", key="backup"),
    FORCE,
    JSON_FLAG,
    DB,
    examples=("kehoach restore kehoach-2025-12-31.db --db plans.db", "kehoach restore kehoach-2025-12-31.db --force"),
)
def restore(file: str, force: bool, as_json: bool, db: str) -> None:
    """Put a backup into the database, and bring it to this version."""
    from pipeline.store import open_store
    from pipeline.store.backup import restore as put_back
    from pipeline.store.queries import counts

    put_back(Path(file), db, force=force)
    with open_store(db, create=False) as store, store.reading() as connection:
        plans = counts(connection)["plans"]
    if as_json:
        print_json({"file": file, "plans": plans})
    else:
        print_text(say("say.restored", file=file, plans=number(plans)))
