"""Prefect's own server, `python -m flows.server --host ... --port ...`, on any SQLAlchemy that the project allows.

Prefect 3.8 hands its scheduler's rows to SQLAlchemy with a key ("state") that is a hybrid property and no column.
SQLAlchemy 2.0 passes it over; 2.1 wants to be told how to write it, so that no schedule ever fires there. It is told to
pass it over. Prefect's command does all the rest.
"""

from __future__ import annotations

import sys
from typing import Any


def pass_over_states() -> None:
    """Have bulk inserts of runs leave out the property `state`, as Prefect means it. Doing it twice changes nothing."""
    from prefect.server.database.orm_models import FlowRun, TaskRun

    def nothing(_cls: type[Any], _mapping: dict[str, Any], _value: object) -> None:
        """The state's row is written beside the run's."""

    for table in (FlowRun, TaskRun):
        state = vars(table)["state"]
        if getattr(state, "bulk_dml_setter", nothing) is None:
            state.bulk_dml_setter = nothing


def main() -> None:
    pass_over_states()
    from prefect.cli import app

    sys.argv[1:1] = ["server", "start"]
    app()


if __name__ == "__main__":
    main()
