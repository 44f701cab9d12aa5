"""Runs one function over many files, in this process or on all cores, and outlives what a file does to a process.

Starting a worker costs about half a second (it is a new interpreter that imports everything; `spawn`, since that is
what Windows has and what threads and databases are safe with). A core reads a quarter of a megabyte of text in that
time, so few and small texts are read right here. What is no plain text never is: libraries that are not Python open it,
and what is wrong with a file may hang or end the process that reads it.

A worker reads one file at a time, on a pipe of its own, so that it is known which file a worker hangs on or died of. It
is killed, with all programs that it started, when its time is over; a new one goes on with the next file.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pickle import PicklingError
from queue import Empty, SimpleQueue
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from pipeline.errors import KehoachError, unexpected
from pipeline.patience import on_more_time
from pipeline.processes import cores, kill_tree

if TYPE_CHECKING:
    from models.plan import Plan

R = TypeVar("R")
Result: TypeAlias = R | KehoachError

TIME_LIMIT = 300.0  # seconds for a file; the longest papers of Word and PDF take some ten
MEMORY_LIMIT = 4096  # mebibytes of a worker's address space; 200 MB of PDF, or 64 MB of XML, need a quarter of that

_WORTH_WORKERS = 2_000_000  # bytes of text: what two cores win by reading them exceeds their start
_SHARE = 500_000  # bytes that each further worker should have to read
_WEIGHT = {".pdf": 4}  # a byte of a PDF takes longer: tables are found line by line, and a scan is mostly pictures
_WINDOW = 16  # files per worker that are under way or waiting to be saved: one that takes long does not stop the others
_START_SECONDS = 120.0  # until a worker has imported everything, on a machine with other work
_END_SECONDS = 5.0  # for a worker that was killed to be gone
_WAKE_SECONDS = 0.5  # how often a wait looks up, so that Ctrl-C is heard on Windows too


def workers_for(files: Sequence[tuple[str, int, bool]]) -> int:
    """How many workers to start for files of these (path, bytes, plain text or not); 0 means to read them here."""
    suffixes = [os.path.splitext(path)[1].lower() for path, *_ in files]  # noqa: PTH122 - a suffix, thousands of times
    work = sum(size * _WEIGHT.get(suffix, 1) for suffix, (_, size, _) in zip(suffixes, files, strict=True))
    if work < _WORTH_WORKERS and all(plain for *_, plain in files):
        return 0
    return min(cores(), len(files), 1 + work // _SHARE)


def time_limit() -> float:
    """Seconds that a worker may take for one file: `KEHOACH_TIME_LIMIT`, else TIME_LIMIT."""
    return _setting("KEHOACH_TIME_LIMIT", TIME_LIMIT)


def memory_limit() -> int:
    """Mebibytes of address space that a worker may use: `KEHOACH_MEMORY_LIMIT`, else MEMORY_LIMIT."""
    return int(_setting("KEHOACH_MEMORY_LIMIT", MEMORY_LIMIT))


def _setting(name: str, default: float) -> float:
    try:
        value = float(os.environ.get(name, ""))
    except ValueError:
        return default
    return value if 0 < value < float("inf") else default


def read_plan(path: str, *, allow_classified: bool) -> tuple[Plan, str]:
    """The plan of a file and its text. It stands here, so that a worker does not import the database."""
    from pipeline.extract import extract_file  # imports every extractor: only where there is something to read

    return extract_file(path, allow_classified=allow_classified)


def run(
    task: Callable[[str], R],
    paths: Sequence[str],
    workers: int,
    *,
    on_start: Callable[[str], None],
    seconds: float | None = None,
) -> Iterator[tuple[str, Result[R]]]:
    """Each path with what `task` made of it, in the order of `paths`.

    Without `workers` the files are read in this process, without limits. `task` has to be picklable, as its results.
    Whatever it raises becomes a KehoachError beside its path. A worker that dies, or takes more than `seconds` (None:
    as `time_limit` says) and what a reader was granted beyond that, takes only its own path with it.
    """
    if not workers:
        for path in paths:
            on_start(path)
            yield path, _guarded(task, path)
        return
    crew: _Crew[R] = _Crew(task, min(workers, len(paths)), time_limit() if seconds is None else seconds)
    try:
        yield from crew.results(paths, on_start)
    finally:
        crew.stop()


def _guarded(task: Callable[[str], R], path: str) -> Result[R]:
    try:
        return task(path)
    except KehoachError as error:
        return error
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except MemoryError:
        return KehoachError("out_of_memory", path)
    except BaseException as error:  # libraries raise SystemExit and worse; one file must not end the others
        return unexpected(path, error)


class _NoWorkerError(Exception):
    """No worker can be started here: a sandbox, a process that may have no children, a task that can't be sent to
    another one."""


class _Crew(Generic[R]):
    """Workers, each with a thread of this process that hands it one file after the other."""

    def __init__(self, task: Callable[[str], R], count: int, seconds: float) -> None:
        self.task = task
        self.count = count
        self.seconds = seconds
        self.jobs: SimpleQueue[tuple[int, str] | None] = SimpleQueue()
        self.events: SimpleQueue[tuple[int, Any]] = SimpleQueue()
        self.lock = threading.Lock()  # starting and reaping processes is no business of several threads at once
        self.workers: list[_Worker] = []
        self.ever_started = False
        self.stopped = False

    def results(self, paths: Sequence[str], on_start: Callable[[str], None]) -> Iterator[tuple[str, Result[R]]]:
        """Each path with its result, in order. A number of files is handed out ahead of the one that is awaited."""
        for _ in range(self.count):
            threading.Thread(target=self._serve, daemon=True).start()
        waiting = iter(enumerate(paths))
        for _ in range(_WINDOW * self.count):
            self.jobs.put(next(waiting, None))
        arrived: dict[int, Any] = {}
        for index, path in enumerate(paths):
            while index not in arrived:
                which, what = self._next_event()
                if what is _STARTED:
                    on_start(paths[which])
                else:
                    arrived[which] = what
            result = arrived.pop(index)
            self.jobs.put(next(waiting, None))
            if result is _NOT_HERE:
                on_start(path)
                result = _guarded(self.task, path)
            yield path, result

    def stop(self) -> None:
        """Kills every worker that is still there."""
        with self.lock:
            self.stopped = True
            for worker in self.workers:
                worker.kill()
        for _ in range(self.count):
            self.jobs.put(None)

    def _next_event(self) -> tuple[int, Any]:
        while True:
            with contextlib.suppress(Empty):
                return self.events.get(timeout=_WAKE_SECONDS)

    def _serve(self) -> None:
        """What one of the threads does: a worker of its own reads jobs until there are no more."""
        worker: _Worker | None = None
        while (job := self.jobs.get()) is not None and not self.stopped:
            index, path = job
            try:
                worker = worker or self._start()
            except _NoWorkerError:
                # One that could be started before is kept from it by something else: too risky to read that here.
                self.events.put((index, KehoachError("worker_died", path) if self.ever_started else _NOT_HERE))
                continue
            self.events.put((index, _STARTED))
            result = worker.read(path, self.seconds)
            if not worker.usable:
                with self.lock:
                    worker.kill()
                    self.workers.remove(worker)
                worker = None
            self.events.put((index, result))

    def _start(self) -> _Worker:
        """A worker that has answered."""
        with self.lock:
            if self.stopped:
                raise _NoWorkerError
            try:
                worker = _Worker(self.task, max(cores() // self.count, 1))
            except (OSError, ImportError, RuntimeError, PicklingError, AttributeError, AssertionError) as error:
                raise _NoWorkerError from error
            self.workers.append(worker)
        if not worker.is_ready():
            with self.lock:
                worker.kill()
                self.workers.remove(worker)
            raise _NoWorkerError
        self.ever_started = True
        return worker


_STARTED = object()  # an event: a worker begins with the file
_NOT_HERE = object()  # a result: no worker can be started, the file is to be read in this process


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hides the program that runs here while a worker starts: `spawn` would have it import that once more, and a script
    that was not written for it would do all its work again there. Workers need nothing of it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class _Worker:
    """A process and the pipe to it. `usable` is False when it is dead, or should be."""

    def __init__(self, task: Callable[[str], object], threads: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, far = context.Pipe()
        self.process = context.Process(target=_work, args=(far, task, threads, memory_limit()), daemon=True)
        try:
            with _without_main():
                self.process.start()
        finally:
            far.close()
        self.usable = True
        self.killed = False

    def is_ready(self) -> bool:
        """Waits until it has imported everything; False where it has failed."""
        try:
            return self.pipe.poll(_START_SECONDS) and self.pipe.recv() is None
        except (EOFError, OSError):
            return False

    def read(self, path: str, seconds: float) -> Any:
        """What the task made of a file, or the KehoachError that says why the worker is no more."""
        limit = monotonic() + seconds
        try:
            self.pipe.send(path)
            while self.pipe.poll(max(limit - monotonic(), 0)):
                kind, value = self.pipe.recv()
                if kind != "more":
                    self.usable = kind == "done"
                    return value
                limit += value
                seconds += value
        except (EOFError, OSError):
            self.usable = False
            return KehoachError("worker_died", path)
        except Exception as error:  # a result that can't be put together again
            self.usable = False
            return unexpected(path, error)
        self.usable = False
        return KehoachError("took_too_long", path, seconds=f"{seconds:.0f}")

    def kill(self) -> None:
        """Ends it, where it is not dead already, with all programs that it started (Tesseract, LibreOffice)."""
        pid = self.process.pid
        if self.killed or pid is None:
            return
        self.killed = True
        kill_tree(pid)
        self.process.kill()
        self.process.join(_END_SECONDS)


def _work(pipe: Connection, task: Callable[[str], object], threads: int, mebibytes: int) -> None:
    """What a worker does: it gets a path, and answers ("more", seconds) any number of times, then ("done", result), or
    ("last", result) where it can't go on."""
    _prepare_worker(threads, mebibytes)
    on_more_time(lambda seconds: pipe.send(("more", seconds)))
    pipe.send(None)
    while True:
        try:
            path = pipe.recv()
        except (EOFError, OSError):
            return
        result = _guarded(task, path)
        kind = "last" if isinstance(result, KehoachError) and result.code == "out_of_memory" else "done"
        try:
            pipe.send((kind, result))
        except OSError:
            return
        except Exception as error:  # can't be pickled, and nothing of it was sent
            pipe.send((kind, unexpected(path, error)))
        if kind == "last":
            return


def _prepare_worker(threads: int, mebibytes: int) -> None:
    # Ctrl-C is the parent's to hear; it ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(OSError):
            os.setpgid(0, 0)  # what it starts can be ended with it
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = mebibytes << 20
        if most == resource.RLIM_INFINITY or limit < most:
            with contextlib.suppress(ValueError, OSError):  # a system that does not know this limit
                resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    asked = os.environ.get("KEHOACH_OCR_JOBS", "")
    os.environ["KEHOACH_OCR_JOBS"] = str(min(int(asked), threads) if asked.isdecimal() and int(asked) else threads)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    """Ends this worker, with what it started, when its parent is gone: one that was killed can't tell it to."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        if sys.platform != "win32" and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)
