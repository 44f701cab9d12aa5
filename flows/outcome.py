"""How a run ends: with one sentence for people, whether it did its work or could not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed

from flows.parameters import language
from flows.report import in_short
from pipeline.errors import KehoachError
from pipeline.ingest import Failed as Failure
from pipeline.ingest import IngestReport

_Made = TypeVar("_Made")


class SourcesAwayError(KehoachError):
    """Sources that could not be looked at, when the others had been read; `report` says what became of those."""

    def __init__(self, away: Sequence[Failure], report: IngestReport) -> None:
        named = "; ".join(dict.fromkeys(failure.path for failure in away))
        done, skipped = str(len(report.done)), str(len(report.skipped))
        super().__init__("sources_away", sources=named, done=done, skipped=skipped)
        self.away = tuple(away)
        self.report = report

    def __reduce__(self) -> tuple[object, ...]:
        return (SourcesAwayError, (self.away, self.report))


def ended(work: Callable[[], _Made], say: Callable[[_Made, str], str]) -> State[Any]:
    """The state of a run that does this work, and what `say` words of what came of it. An error that has words for
    people is the run's message, and no more than that; any other is a mistake of the program, and passes."""
    try:
        made = work()
    except KehoachError as error:
        words = error.message(language())
        get_run_logger().error("%s", words)
        return Failed(message=words, data=error)
    return Completed(message=say(made, language()), data=made)


def ended_reading(work: Callable[[], IngestReport]) -> State[Any]:
    """The same of what reads plans."""
    return ended(work, in_short)
