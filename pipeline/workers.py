"""Runs one function over many files, in this process or on all cores, and outlives what a file does to a process.

Starting a worker costs about a second (it is a new interpreter that imports everything; `spawn`, since that is what
Windows has and what threads and databases are safe with). A core reads half a megabyte of text in that time, so few
and small texts are read right here. PDFs never are: the library that opens them is not Python, and what is wrong with a
file may end the process that reads it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeAlias, TypeVar

from pipeline.errors import KehoachError

R = TypeVar("R")
Result: TypeAlias = R | KehoachError

_NATIVE = (".pdf",)
_WORTH_WORKERS = 2_000_000  # bytes of text: what two cores win by reading them exceeds their start
_SHARE = 500_000  # bytes that each further worker should have to read
_WEIGHT = {".pdf": 4}  # a byte of a PDF takes longer: tables are found line by line, and a scan is mostly pictures
_WINDOW = 4  # files per worker that are under way or waiting to be saved; bounds memory, and who is suspect of a crash


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Windows and macOS do not say
        return os.cpu_count() or 1


def workers_for(files: Sequence[tuple[str, int]]) -> int:
    """How many workers to start for files of these (path, bytes); 0 means to read them here."""
    suffixes = [os.path.splitext(path)[1].lower() for path, _ in files]  # noqa: PTH122 - a suffix, thousands of times
    work = sum(size * _WEIGHT.get(suffix, 1) for suffix, (_, size) in zip(suffixes, files, strict=True))
    if work < _WORTH_WORKERS and not any(suffix in _NATIVE for suffix in suffixes):
        return 0
    return min(cores(), len(files), 1 + work // _SHARE)


def run(
    task: Callable[[str], R], paths: Sequence[str], workers: int, *, on_start: Callable[[str], None]
) -> Iterator[tuple[str, Result[R]]]:
    """Each path with what `task` made of it, in the order of `paths`.

    Without `workers` the files are read in this process. `task` has to be picklable, as its results. Whatever it
    raises becomes a KehoachError beside its path; a worker that dies takes only its own path with it.
    """
    if workers:
        yield from _parallel(task, deque(paths), workers, on_start)
    else:
        yield from _here(task, paths, on_start)


def _here(
    task: Callable[[str], R], paths: Sequence[str] | deque[str], on_start: Callable[[str], None]
) -> Iterator[tuple[str, Result[R]]]:
    for path in paths:
        on_start(path)
        yield path, _guarded(task, path)


def _guarded(task: Callable[[str], R], path: str) -> Result[R]:
    try:
        return task(path)
    except KehoachError as error:
        return error
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:  # libraries raise SystemExit and worse; one file must not end the others
        return KehoachError("unexpected", path, reason=f"{type(error).__name__}: {error}")


def _parallel(
    task: Callable[[str], R], waiting: deque[str], workers: int, on_start: Callable[[str], None]
) -> Iterator[tuple[str, Result[R]]]:
    while waiting:
        pool = _start(min(workers, len(waiting)))
        if pool is None:  # no processes to be had here (a sandbox, a program that is not meant to be imported again)
            yield from _here(task, waiting, on_start)
            return
        window: deque[tuple[str, Future[Result[R]]]] = deque()
        try:
            while waiting or window:
                while waiting and len(window) < _WINDOW * workers:
                    window.append((waiting[0], pool.submit(_guarded, task, waiting[0])))
                    on_start(waiting.popleft())
                path, future = window[0]
                result = future.result()
                window.popleft()
                yield path, result
        except BrokenProcessPool:
            pass
        finally:
            pool.shutdown(cancel_futures=True)
        yield from _suspects(task, window)


def _suspects(
    task: Callable[[str], R], window: deque[tuple[str, Future[Result[R]]]]
) -> Iterator[tuple[str, Result[R]]]:
    """After a worker died: which of the files under way did it shows when they are read one by one."""
    pool: ProcessPoolExecutor | None = None
    try:
        for path, future in window:
            if future.done() and not future.cancelled() and future.exception() is None:
                yield path, future.result()
                continue
            pool = pool or _start(1)
            try:
                result: Result[R] = (
                    pool.submit(_guarded, task, path).result() if pool else KehoachError("worker_died", path)
                )
            except BrokenProcessPool:
                result, pool = KehoachError("worker_died", path), None
            yield path, result
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)


def _start(workers: int) -> ProcessPoolExecutor | None:
    """A pool whose first worker has answered; None where none can be started."""
    try:
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare_worker)
        pool.submit(os.getpid).result()
    except (BrokenProcessPool, OSError, ImportError):
        return None
    return pool


def _prepare_worker() -> None:
    # Ctrl-C reaches the workers too. They finish what they are reading: one that leaves while it hands over a result
    # would have the parent wait for the rest of it for ever.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    """Ends this worker when its parent is gone: one that was killed can't tell it to."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
