"""What `kehoach status` makes of what a Prefect server says."""

from __future__ import annotations

import datetime as dt

import pytest

pytest.importorskip("prefect")

from prefect.client.schemas.objects import State, StateType

from flows.status import Run, Status, folded, message_of
from pipeline.cli import serve
from pipeline.cli.words import speaking

MESSAGES = (
    # type, name, Prefect's message, what a person sees
    ("COMPLETED", "Completed", "Đã lưu 2 kế hoạch.", "Đã lưu 2 kế hoạch."),
    ("FAILED", "Failed", "a.db: không phải là cơ sở dữ liệu SQLite.", "a.db: không phải là cơ sở dữ liệu SQLite."),
    ("FAILED", "Failed", "Flow run encountered an exception: DatabaseError: a.db: đang khoá.", "a.db: đang khoá."),
    ("FAILED", "TimedOut", "Flow run exceeded timeout of 3600 second(s)", None),
    ("CRASHED", "Crashed", "Execution was cancelled by the runtime environment.", None),
    ("CANCELLED", "Cancelled", "Concurrency limit reached for the deployment", None),
    ("SCHEDULED", "Scheduled", "Flow run scheduled", None),
    ("RUNNING", "Running", None, None),
)


@pytest.mark.parametrize(("kind", "name", "said", "seen"), MESSAGES)
def test_only_our_own_sentences_are_seen(kind: str, name: str, said: str | None, seen: str | None) -> None:
    assert message_of(State(type=StateType(kind), name=name, message=said)) == seen


def run(flow: str, state: str, minute: int = 0) -> Run:
    at = dt.datetime(2026, 3, 2, 7, minute, tzinfo=dt.UTC)
    return Run(flow=flow, name="x", state=state, message=None, expected=at, started=None, seconds=None)


def test_of_runs_that_wait_the_next_stands_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    waiting = [run("watch", "Late", 0), *(run("watch", "Scheduled", n) for n in (15, 30)), run("publish", "Scheduled")]
    queue = folded(waiting)
    assert [(each.flow, each.state) for each in queue] == [
        ("watch", "Late"),
        ("watch", "Scheduled"),
        ("publish", "Scheduled"),
    ]
    with speaking("vi"):
        serve._show_queue(queue)
    assert capsys.readouterr().out.splitlines()[1] == "watch: đã hẹn, lần tới: 02/03/2026 14:15"


def test_a_time_of_today_needs_no_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "today", lambda: dt.date(2026, 3, 2))
    assert serve._soon(run("watch", "Scheduled", 15).expected) == "14:15"


FAILING = (
    # the last finished run of each deployment, whether something fails
    (("Completed", "Completed"), False),
    (("Completed", "Failed"), True),
    (("Crashed",), True),
    (("TimedOut", "Completed"), True),
    ((), False),
)


@pytest.mark.parametrize(("states", "failing"), FAILING)
def test_each_deployment_counts_by_its_last_run(states: tuple[str, ...], failing: bool) -> None:
    recent = tuple(run("watch", "Completed") for _ in range(10))  # the newest ten are all of the busiest
    latest = tuple(run("flow", state) for state in states)
    assert Status(api="", runs=recent, queue=(), failures=(), latest=latest).is_failing is failing
