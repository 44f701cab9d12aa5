"""Measuring: processor time of this one process, the tools in turn, the median of several rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import process_time
from typing import NamedTuple

from benchmarks.chain import facts_of, stage_seconds
from benchmarks.peers import Finder, Peer
from benchmarks.texts import Corpus, joined

OURS = "kehoach"
JOINED = 10  # plans in one long document


class Speed(NamedTuple):
    """One tool on one corpus. `spread` is the distance from the slowest round to the fastest, as a share of the median;
    `ratio` is how many times faster than this tool our chain is."""

    tool: str
    corpus: str
    chars: int
    found: int
    chars_per_second: float
    spread: float
    ratio: float


class Stage(NamedTuple):
    """One stage of our chain on one corpus."""

    corpus: str
    stage: str
    share: float
    chars_per_second: float


class Scaling(NamedTuple):
    """Seconds per million characters of ten plans one by one and as one document, and how the two compare."""

    corpus: str
    chars_each: int
    chars_joined: int
    seconds_each: float
    seconds_joined: float
    ratio: float


def speeds(corpus: Corpus, peers: Mapping[Peer, Finder], rounds: int) -> list[Speed]:
    """Our chain and each peer on the same texts; the tools take turns, so that a busy machine slows all alike."""
    texts = [source.text for source in corpus.sources]
    work: dict[str, Callable[[], int]] = {OURS: lambda: facts_of(corpus.sources)}
    for peer, find in peers.items():
        work[peer.name] = lambda find=find: sum(map(find, texts))  # type: ignore[misc]
    found = {name: run() for name, run in work.items()}  # untimed: it compiles what is compiled once
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, run in work.items():
            times[name].append(_seconds(run))
    ours = median(times[OURS])
    return [
        Speed(
            tool=name,
            corpus=corpus.name,
            chars=corpus.chars,
            found=found[name],
            chars_per_second=corpus.chars / median(spent),
            spread=(max(spent) - min(spent)) / median(spent),
            ratio=median(spent) / ours,
        )
        for name, spent in times.items()
    ]


def stages(corpus: Corpus, rounds: int) -> list[Stage]:
    """Where our chain spends its time."""
    runs = [stage_seconds(corpus.sources) for _ in range(rounds)]
    spent = {name: median(run[name] for run in runs) for name in runs[0]}
    whole = sum(spent.values())
    return [Stage(corpus.name, name, each / whole, corpus.chars / each) for name, each in spent.items()]


def scaling(corpus: Corpus, rounds: int) -> Scaling | None:
    """Ten plans one by one against the same ten as one document; None where there are fewer."""
    plans = corpus.sources[:JOINED]
    if len(plans) < JOINED:
        return None
    long = joined(plans)
    each, whole = sum(len(plan.text) for plan in plans), len(long.text)
    short_times, long_times = [], []
    for _ in range(rounds):
        short_times.append(_seconds(lambda: facts_of(plans)))
        long_times.append(_seconds(lambda: facts_of([long])))
    per_char, per_char_long = median(short_times) / each, median(long_times) / whole
    return Scaling(corpus.name, each // JOINED, whole, per_char * 1e6, per_char_long * 1e6, per_char_long / per_char)


def _seconds(work: Callable[[], int]) -> float:
    begun = process_time()
    work()
    return process_time() - begun
