"""Errors that have words for people need no traceback in the log: they say what is wrong, and where."""

from __future__ import annotations

import logging

from pipeline.errors import KehoachError

_LOGGERS = ("prefect.flow_runs", "prefect.task_runs", "prefect.engine", "prefect.flow_engine", "prefect.task_engine")


class _Worded(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], KehoachError):
            record.exc_info = None
            record.exc_text = None
        return True


def quieten() -> None:
    """Have Prefect's loggers leave such tracebacks out. Doing it twice changes nothing."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, _Worded) for each in logger.filters):
            logger.addFilter(_Worded())
