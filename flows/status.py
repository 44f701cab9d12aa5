"""What a Prefect server knows of kehoach's flows: the last runs, what waits, what failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
)
from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.sorting import FlowRunSort

_OURS = FlowFilter(name=FlowFilterName(like_="kehoach-"))
_WAITING = [StateType.SCHEDULED, StateType.PENDING, StateType.PAUSED]
_FAILED = [StateType.FAILED, StateType.CRASHED]
_FINISHED = [StateType.COMPLETED, *_FAILED]  # a run that was cancelled says nothing of the next
_AHEAD = 200  # runs that wait: of one that comes every minute a hundred stand there
_BAD = ("Failed", "Crashed", "TimedOut")
_PREFIX = "Flow run encountered an exception: "


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a flow: its state as Prefect calls it, and what it said when it ended."""

    flow: str
    name: str
    state: str
    message: str | None
    expected: dt.datetime | None
    started: dt.datetime | None
    seconds: float | None


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """The server's address; the last runs, those under way among them; what waits, of each flow the next in each state;
    the last that failed; and of each deployment the last that finished."""

    api: str
    runs: tuple[Run, ...]
    queue: tuple[Run, ...]
    failures: tuple[Run, ...]
    latest: tuple[Run, ...]

    @property
    def is_failing(self) -> bool:
        """Whether the last run of some deployment failed."""
        return any(run.state in _BAD for run in self.latest)


def status(api: str, limit: int = 10) -> Status:
    """What the server at `api` knows, up to `limit` runs of each kind."""
    with SyncPrefectClient(api=api) as client:
        flows = {flow.id: flow.name for flow in client.read_flows(flow_filter=_OURS)}

        def ask(
            kinds: StateTypes, sort: FlowRunSort, most: int = limit, deployment: FlowRunFilterDeploymentId | None = None
        ) -> tuple[Run, ...]:
            wanted = FlowRunFilter(state=FlowRunFilterState(type=kinds), deployment_id=deployment)
            found = client.read_flow_runs(flow_filter=_OURS, flow_run_filter=wanted, sort=sort, limit=most)
            return tuple(_run(run, flows) for run in found)

        latest: list[Run] = []
        for deployment in client.read_deployments(flow_filter=_OURS):
            its = FlowRunFilterDeploymentId(any_=[deployment.id])
            latest += ask(StateTypes(any_=_FINISHED), FlowRunSort.START_TIME_DESC, 1, its)
        waiting = ask(StateTypes(any_=_WAITING), FlowRunSort.EXPECTED_START_TIME_ASC, _AHEAD)
        return Status(
            api=api,
            runs=ask(StateTypes(not_any_=_WAITING), FlowRunSort.START_TIME_DESC),
            queue=folded(waiting),
            failures=ask(StateTypes(any_=_FAILED), FlowRunSort.START_TIME_DESC),
            latest=tuple(latest),
        )


def folded(waiting: Sequence[Run]) -> tuple[Run, ...]:
    """Of runs in the order of their time, the first of each flow in each state."""
    first: dict[tuple[str, str], Run] = {}
    for run in waiting:
        first.setdefault((run.flow, run.state), run)
    return tuple(first.values())


def message_of(state: State[Any] | None) -> str | None:
    """What a run said when it ended: our own sentence. What Prefect says of states is in the states' names."""
    if state is None or not state.message or state.type not in (StateType.COMPLETED, StateType.FAILED):
        return None
    if state.name == "TimedOut":
        return None
    words = state.message.removeprefix(_PREFIX)
    kind, _, rest = words.partition(": ")  # "DatabaseError: ..." of runs by older versions
    return rest if words != state.message and rest and kind.isidentifier() else words


def _run(run: FlowRun, flows: dict[Any, str]) -> Run:
    return Run(
        flow=flows.get(run.flow_id, ""),
        name=run.name,
        state=run.state.name if run.state and run.state.name else "",
        message=message_of(run.state),
        expected=_plain(run.expected_start_time),
        started=_plain(run.start_time),
        seconds=run.total_run_time.total_seconds() if run.start_time else None,
    )


def _plain(moment: dt.datetime | None) -> dt.datetime | None:
    """A moment as the standard library has it: Prefect's prints as no JSON."""
    return dt.datetime.fromtimestamp(moment.timestamp(), dt.UTC) if moment else None
