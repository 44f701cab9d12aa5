"""Errors that have words for people need no traceback in the log: they say what is wrong, and where. A stop that was
asked for is no crash, and the log of one does not say so."""

from __future__ import annotations

import logging
import sys

from prefect.exceptions import TerminationSignal

from pipeline.errors import KehoachError

_LOGGERS = ("prefect.flow_runs", "prefect.task_runs", "prefect.engine", "prefect.flow_engine", "prefect.task_engine")
_OF_A_STOP = ("Crash detected!", "Finished in state Running(", "Finished in state Crashed(")


class _Worded(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], KehoachError):
            record.exc_info = None
            record.exc_text = None
        asked = isinstance(sys.exc_info()[1], TerminationSignal | KeyboardInterrupt)  # what the engine deals with now
        return not (asked and record.getMessage().startswith(_OF_A_STOP))


def quieten() -> None:
    """Have Prefect's loggers leave such tracebacks out. Doing it twice changes nothing."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, _Worded) for each in logger.filters):
            logger.addFilter(_Worded())
