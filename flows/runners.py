"""Where the batches of a run are read: in this process, or on a Dask cluster."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from flows.parameters import shared_database

DASK = "dask"
_TRIES = 5  # workers that one batch may lose before it is taken to be what kills them


def results(runner: str | None, task: Any, calls: Sequence[dict[str, Any]]) -> Iterator[Any]:
    """What the task makes of each of these calls, in their order: one after the other here, side by side on Dask, where
    another worker takes up what a lost one had."""
    if runner is None:
        for call in calls:
            yield task(**call)
        return
    shared_database()
    with _dask(runner) as pool:
        futures = [pool.submit(task, parameters=call) for call in calls]
        for future in futures:
            yield future.result()


@contextmanager
def _dask(runner: str) -> Iterator[Any]:
    import dask
    from prefect_dask.task_runners import DaskTaskRunner

    settings = {
        "distributed.worker.daemon": False,  # a worker starts processes of its own for files that may kill it
        "distributed.scheduler.allowed-failures": _TRIES,
        "distributed.logging.distributed": "error",
    }
    logging.getLogger("distributed").setLevel(logging.ERROR)  # a lost worker is no failure of the run
    with dask.config.set(settings):
        if runner == DASK:
            here = {"n_workers": os.cpu_count() or 1, "threads_per_worker": 1, "dashboard_address": None}
            made = DaskTaskRunner(cluster_kwargs=here)
        else:
            made = DaskTaskRunner(address=runner.replace("dask://", "tcp://", 1))
        with made as pool:
            yield pool


def parts(documents: Iterable[Any], size: int, kind: Callable[[Any], bool]) -> Iterator[tuple[bool, list[Any]]]:
    """The documents in parts of up to `size`, those of a kind together."""
    waiting: dict[bool, list[Any]] = {False: [], True: []}
    for document in documents:
        part = waiting[kind(document)]
        part.append(document)
        if len(part) == size:
            yield kind(document), part
            waiting[kind(document)] = []
    yield from ((which, part) for which, part in waiting.items() if part)
