"""Plans read again by this version's rules, with what that changed in each of them.

Their files go the way of an ingest: the same workers, the same saving. A file that is gone or can't be read is
reported, and the facts that it gave stay.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from models.plan import Plan
from pipeline.errors import DatabaseError, KehoachError, UnreadableError
from pipeline.files import Fingerprint, fingerprint
from pipeline.ingest import Failed, Rules, convert, is_there
from pipeline.store import DEFAULT_DATABASE, Store, open_store
from pipeline.store.history import Difference, FieldChange, differences, field_changes
from pipeline.store.rereading import PlanFile, files_to_read, read_again
from pipeline.version import extractor_version
from pipeline.workers import read_plan, run, workers_for


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """A plan that was read again: what its metadata and its facts say otherwise. `plan` is its key."""

    path: str
    plan: str
    code: str | None
    title: str | None
    province: str | None
    from_version: str
    metadata: tuple[FieldChange, ...]
    facts: tuple[Difference, ...]

    @property
    def changed(self) -> bool:
        return bool(self.metadata or self.facts)


class RereadReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of every file. Nothing was written after a `dry_run`."""

    version: str
    dry_run: bool
    plans: tuple[Reread, ...]
    failed: tuple[Failed, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        return not self.failed


def reextract(
    plans: Collection[str] = (),
    database_url: str | Path = DEFAULT_DATABASE,
    *,
    everything: bool = False,
    dry_run: bool = False,
    workers: int | None = None,
    allow_classified: bool = False,
    time_limit: float | None = None,
    on_result: Callable[[Reread | Failed], None] | None = None,
    rules: Rules | None = None,
) -> RereadReport:
    """Reads again the files of these plans (see `find_plan`); without any, of those that other rules read than this
    version's, or of `everything`.

    `workers`, `allow_classified`, `time_limit` and `rules` are as in `pipeline.ingest.ingest`. Raises KehoachError
    where a plan that is asked for is not there or not the only one, DatabaseError where the database can't be used.
    """
    begun = time.perf_counter()
    rules = rules or Rules(read_plan, extractor_version())
    done: list[Reread] = []
    failed: list[Failed] = []

    def tell(result: Reread | Failed) -> None:
        if isinstance(result, Reread):
            done.append(result)
        else:
            failed.append(result)
        if on_result:
            on_result(result)

    with open_store(database_url, create=False) as store:
        with store.reading() as connection:
            contents = files_to_read(connection, plans, rules.version, everything=everything)
        files: dict[str, PlanFile] = {}
        for copies in contents:
            file = next((copy for copy in copies if is_there(copy.path)), None)
            if file is None:
                tell(_failure(copies[0].path, UnreadableError("missing", copies[0].path)))
            elif file.gives_facts or not dry_run:
                files[file.path] = file
        convert(files)
        prints = {path: fingerprint(path) for path in files}
        if workers is None:
            nothing = Fingerprint("", 0, plain=True)
            sizes = ((path, found or nothing) for path, found in prints.items())
            workers = workers_for([(path, found.size, found.plain) for path, found in sizes])
        task = partial(rules.extract, allow_classified=allow_classified)
        for path, result in run(task, list(files), workers, on_start=lambda _: None, seconds=time_limit):
            found = prints[path]
            sha256, size = (found.sha256, found.size) if found else (None, None)
            outcome: Reread | KehoachError | None
            if isinstance(result, KehoachError):
                outcome = result
            else:
                outcome = _save(store, files[path], *result, size, dry_run=dry_run)
            if isinstance(outcome, KehoachError) and not dry_run:
                store.fail(path, outcome, sha256=sha256, size=size, extractor_version=rules.version)
            if outcome is not None:
                tell(_failure(path, outcome) if isinstance(outcome, KehoachError) else outcome)
        if not dry_run:
            store.settle()
    return RereadReport(
        version=rules.version,
        dry_run=dry_run,
        plans=tuple(done),
        failed=tuple(failed),
        seconds=time.perf_counter() - begun,
    )


def _save(
    store: Store, file: PlanFile, plan: Plan, text: str, size: int | None, *, dry_run: bool
) -> Reread | KehoachError | None:
    """Saves what a file gave now; what that changed, None where its plan has its facts from another file."""
    plan = replace(plan, source=replace(plan.source, path=file.path))
    try:
        before, key = read_again(store, file, plan, text, size, keep=not dry_run)
    except DatabaseError:
        raise
    except KehoachError as error:  # this plan alone is left out
        return error
    if before is None:
        return None
    return Reread(
        path=file.path,
        plan=key,
        code=plan.metadata.code,
        title=plan.metadata.title,
        province=plan.metadata.province,
        from_version=before.source.extractor_version,
        metadata=field_changes(before.metadata, plan.metadata),
        facts=differences(before, plan),
    )


def _failure(path: str, error: KehoachError) -> Failed:
    return Failed(path=path, code=error.code, values=error.values)
