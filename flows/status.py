"""What a Prefect server knows of kehoach's flows: the last runs, what waits, what failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowFilter, FlowFilterName, FlowRunFilter, FlowRunFilterState
from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort

_OURS = FlowFilter(name=FlowFilterName(like_="kehoach-"))
_WAITING = [StateType.SCHEDULED, StateType.PENDING, StateType.PAUSED]
_FAILED = [StateType.FAILED, StateType.CRASHED]


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
    """The server's address; the last runs, those under way among them; what waits, the next first; the last that
    failed."""

    api: str
    runs: tuple[Run, ...]
    queue: tuple[Run, ...]
    failures: tuple[Run, ...]


def status(api: str, limit: int = 10) -> Status:
    """What the server at `api` knows, up to `limit` runs of each kind."""
    with SyncPrefectClient(api=api) as client:
        flows = {flow.id: flow.name for flow in client.read_flows(flow_filter=_OURS)}

        def ask(states: Sequence[StateType] | None, sort: FlowRunSort) -> tuple[Run, ...]:
            kinds = FlowRunFilterState(
                type=StateTypes(any_=list(states)) if states else StateTypes(not_any_=list(_WAITING))
            )
            found = client.read_flow_runs(
                flow_filter=_OURS, flow_run_filter=FlowRunFilter(state=kinds), sort=sort, limit=limit
            )
            return tuple(_run(run, flows) for run in found)

        return Status(
            api=api,
            runs=ask(None, FlowRunSort.START_TIME_DESC),
            queue=ask(_WAITING, FlowRunSort.EXPECTED_START_TIME_ASC),
            failures=ask(_FAILED, FlowRunSort.START_TIME_DESC),
        )


def _run(run: FlowRun, flows: dict[Any, str]) -> Run:
    return Run(
        flow=flows.get(run.flow_id, ""),
        name=run.name,
        state=run.state.name if run.state and run.state.name else "",
        message=run.state.message if run.state else None,
        expected=_plain(run.expected_start_time),
        started=_plain(run.start_time),
        seconds=run.total_run_time.total_seconds() if run.start_time else None,
    )


def _plain(moment: dt.datetime | None) -> dt.datetime | None:
    """A moment as the standard library has it: Prefect's prints as no JSON."""
    return dt.datetime.fromtimestamp(moment.timestamp(), dt.UTC) if moment else None
