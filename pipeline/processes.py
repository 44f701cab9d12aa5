"""Processes of the machine: how many work side by side, and ending one with all that it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

_KILL_SECONDS = 30


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Windows and macOS do not say
        return os.cpu_count() or 1


def kill_tree(pid: int) -> None:
    """Kills a process that leads a group, with its group and the groups below it, as those of Tesseract and LibreOffice
    are. Says nothing where it has ended already."""
    if sys.platform == "win32":
        kill = ["taskkill", "/T", "/F", "/PID", str(pid)]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(kill, capture_output=True, check=False, timeout=_KILL_SECONDS)
        return
    for leader in (pid, *_leaders_below(pid)):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)


def _leaders_below(pid: int) -> list[int]:
    """The processes that descend from `pid` and lead groups of their own; none where the system does not tell."""
    children: dict[int, list[tuple[int, int]]] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            stat = file.read_text(encoding="utf-8", errors="replace")
            _, parent, group = stat.rpartition(")")[2].split()[:3]
            children.setdefault(int(parent), []).append((int(file.parent.name), int(group)))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        waiting += [child for child, _ in below]
        found += [child for child, group in below if child == group]
    return found
