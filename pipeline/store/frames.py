"""The answers as pandas data frames, for notebooks: `frames(store, today)["targets"]`.

pandas is strong where people explore; the command line and the flows need plain rows only, so it is imported here alone
and comes with the extra `nlp`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec
import pandas as pd

from pipeline.store import queries
from pipeline.store.store import Store


def frames(store: Store, as_of: dt.date) -> dict[str, pd.DataFrame]:
    """One frame each for "plans", "catalogue", "deadlines" and "targets".

    Columns are the rows' fields; those of a row inside a row stand under both names ("plan_province"). Days are
    `datetime64`; dates that are only as precise as the text ("2024-06") stay text. `as_of` decides what is overdue.
    """
    with store.reading() as connection:
        return {
            "plans": _frame(queries.plans(connection), queries.PlanRow),
            "catalogue": _frame(queries.catalogue(connection), queries.DocumentRow),
            "deadlines": _frame(queries.deadlines(connection, as_of=as_of), queries.DeadlineRow),
            "targets": _frame(queries.targets(connection), queries.TargetRow),
        }


def _frame(rows: Iterable[msgspec.Struct], kind: type[msgspec.Struct]) -> pd.DataFrame:
    records = [_flat(row) for row in rows]
    frame = pd.DataFrame.from_records(records, columns=list(records[0]) if records else list(kind.__struct_fields__))
    for name in frame.columns:
        if any(isinstance(value, dt.date) for value in frame[name]):
            frame[name] = pd.to_datetime(frame[name])
    return frame


def _flat(row: msgspec.Struct, prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name in row.__struct_fields__:
        value = getattr(row, name)
        if isinstance(value, msgspec.Struct):
            flat |= _flat(value, f"{prefix}{name}_")
        else:
            flat[prefix + name] = value
    return flat
