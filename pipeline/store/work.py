"""What a deadline is for, in the plan's own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select

from models import tables as t
from pipeline.store.shared import chunks


class _Task(NamedTuple):
    id: str
    text: str
    start: int
    end: int


class Work:
    """The tasks of some plans, found by the deadlines that they hang on."""

    def __init__(self, connection: Connection, plans: Collection[int]) -> None:
        self._tasks: defaultdict[int, list[_Task]] = defaultdict(list)
        self._named: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        task, link = t.Task, t.DeadlineTask
        tasks = select(task.plan_id, task.fact_id, task.text, task.span_start, task.span_end, task.deadline_id)
        links = select(link.plan_id, link.deadline_id, link.task_id)
        for some in chunks(sorted(plans)):
            found = connection.execute(tasks.where(task.plan_id.in_(some)).order_by(task.plan_id, task.position))
            for row in found:
                self._tasks[row.plan_id].append(_Task(row.fact_id, row.text, row.span_start, row.span_end))
                if row.deadline_id:
                    self._named[row.plan_id, row.deadline_id].add(row.fact_id)
            for plan_id, deadline_id, task_id in connection.execute(links.where(link.plan_id.in_(some))):
                self._named[plan_id, deadline_id].add(task_id)

    def of(self, plan_id: int, deadline_id: str, start: int, end: int) -> tuple[str, ...]:
        """The words of the tasks that hang on a deadline of the span `[start, end)`, in the plan's order; else of the
        task that it stands in; else nothing."""
        named = self._named[plan_id, deadline_id]
        if named:
            return tuple(task.text for task in self._tasks[plan_id] if task.id in named)
        around = [task for task in self._tasks[plan_id] if task.start <= start and end <= task.end]
        return (min(around, key=lambda task: task.end - task.start).text,) if around else ()
