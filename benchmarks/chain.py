"""The chain that is measured, whole and by its stages: what `kehoach extract` does after reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any

from models.text import Source
from pipeline import extract as chain

# The stages by the functions that `pipeline.extract` calls for them; what is left of the whole is publishing.
STAGES = {
    "clean": ("clean",),
    "structure": ("outline_of",),
    "letterhead": ("secrecy_of", "extract_metadata", "context_of"),
    "references": ("extract_references",),
    "resolve": ("resolve_references",),
    "targets": ("extract_targets",),
    "deadlines": ("extract_deadlines",),
    "tasks": ("extract_tasks",),
}
REST = "publish"


def facts_of(sources: Iterable[Source]) -> int:
    """Run the chain over the texts; how many facts it found."""
    found = 0
    for source in sources:
        plan = chain.extract(source, allow_classified=True)
        found += len(plan.sections) + len(plan.references) + len(plan.deadlines) + len(plan.targets) + len(plan.tasks)
    return found


def stage_seconds(sources: Iterable[Source]) -> dict[str, float]:
    """Processor seconds of each stage in one run over the texts."""
    spent = dict.fromkeys(STAGES, 0.0)
    with _watched(spent):
        begun = process_time()
        facts_of(sources)
        whole = process_time() - begun
    return {**spent, REST: whole - sum(spent.values())}


@contextmanager
def _watched(spent: dict[str, float]) -> Iterator[None]:
    """While this lasts, the chain's functions add the time that they take to `spent`."""
    plain = {name: getattr(chain, name) for names in STAGES.values() for name in names}
    for stage, names in STAGES.items():
        for name in names:
            setattr(chain, name, _timed(plain[name], stage, spent))
    try:
        yield
    finally:
        for name, function in plain.items():
            setattr(chain, name, function)


def _timed(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        begun = process_time()
        result = function(*args, **kwargs)
        spent[stage] += process_time() - begun
        return result

    return timed
