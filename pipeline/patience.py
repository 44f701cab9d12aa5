"""More time for a file that is long by its nature: each page that is recognised takes seconds.

A reader says what it has done with `more_time`; where the file is read under a time limit, that is then so much later.
"""

from __future__ import annotations

from collections.abc import Callable

PAGE_SECONDS = 20.0  # for a page that was recognised; a full page takes some two seconds on one core

_listeners: list[Callable[[float], None]] = []


def more_time(seconds: float) -> None:
    """Put the time limit of the file that this process reads off by `seconds`; nothing where it has none."""
    for listener in _listeners:
        listener(seconds)


def on_more_time(listener: Callable[[float], None]) -> None:
    """Have `listener` hear of each `more_time` in this process."""
    _listeners.append(listener)
