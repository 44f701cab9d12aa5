"""Facts of many generated plans: extracted once and kept in a folder, and varied where more are wanted than it pays to
extract."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec
import platformdirs
from msgspec.structs import replace

from benchmarks.texts import ROOT, text_source
from extractors.places import NEW_LIST, versions
from models.plan import Plan, Reference
from pipeline.atomic import replacing
from pipeline.extract import extract
from pipeline.processes import cores
from pipeline.store.writing import Reading
from pipeline.version import extractor_version

CHUNK = 250  # plans in one file of the cache
YEARS = range(2019, 2027)  # those that the generator writes plans of
_NUMBERS = 4_999  # a prime: numbers, provinces and years of varied plans don't repeat in step


def cache_folder() -> Path:
    """Where extracted facts are kept by default."""
    return Path(platformdirs.user_cache_dir("kehoach", appauthor=False), "benchmarks")


def extracted(count: int, folder: Path) -> Iterator[Reading]:
    """The facts of the generated plans of the seeds 1 to `count`; what the folder does not have is extracted on all
    cores and kept there. They are read again each time, so that few are in memory."""
    place = folder / _rules()
    place.mkdir(parents=True, exist_ok=True)
    firsts = range(1, count + 1, CHUNK)
    files = {first: place / f"{first:06}-{CHUNK}.msgpack" for first in firsts}
    if missing := [(first, path) for first, path in files.items() if not path.is_file()]:
        with ProcessPoolExecutor(cores(), mp_context=get_context("spawn")) as pool:
            list(pool.map(_extract, *zip(*missing, strict=True)))
    decoder = msgspec.msgpack.Decoder(list[tuple[Plan, str]])
    for first, path in files.items():
        for plan, text in decoder.decode(path.read_bytes())[: count + 1 - first]:
            yield Reading(plan, text, len(text.encode()))


def varied(base: Iterable[Reading], count: int) -> Iterator[Reading]:
    """So many plans by going round the base: each round gives every plan another number, day, year, province, content
    and file, and cites the papers of that province."""
    readings = list(base)
    for n in range(count):
        reading = readings[n % len(readings)]
        yield reading._replace(plan=_vary(reading.plan, n))


def indicator_shares(readings: Iterable[Reading]) -> dict[str, float]:
    """Which share of the targets has which indicator of the catalogue ("" for none), the most frequent first."""
    counts = Counter(target.indicator_id or "" for reading in readings for target in reading.plan.targets)
    return {indicator: count / counts.total() for indicator, count in counts.most_common()}


def _extract(first: int, path: Path) -> None:
    from tests.generator import plan as generate

    made: list[tuple[Plan, str]] = []
    for seed in range(first, first + CHUNK):
        plan = generate(seed)
        source = text_source(plan.text, f"/generated/{seed:06}.{plan.suffix}")
        source = replace(source, sha256=hashlib.sha256(plan.text.encode()).hexdigest())
        made.append((extract(source), plan.text))
    with replacing(path) as beside:
        beside.write_bytes(msgspec.msgpack.encode(made))


def _rules() -> str:
    """What the facts hang on: the extractors with their data, and the generator with its wordings."""
    digest = hashlib.sha256(extractor_version().encode())
    for path in sorted((ROOT / "tests" / "generator").rglob("*")):
        if path.suffix in (".py", ".toml"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# --- variation ----------------------------------------------------------------------------------------------------


def _vary(plan: Plan, n: int) -> Plan:
    m, source = plan.metadata, plan.source
    own = int((m.period_start or m.issue_date or f"{YEARS[0]}")[:4])
    shift = _Shift(YEARS[n // 7 % len(YEARS)] - own, n // _NUMBERS)
    issued = shift.date(m.issue_date, days=True)
    names = _provinces(issued or "")
    move = _Move(m.province, names[n % len(names)])
    number = str(1 + n % _NUMBERS) if m.number else m.number
    code = f"{number}/{m.symbol}" if m.code else m.code
    metadata = replace(
        m,
        number=number,
        code=code,
        issue_date=issued,
        province=move.to if m.province else None,
        issuer=move.name(m.issuer),
        place=move.name(m.place),
        title=move.name(m.title),
        period_start=shift.date(m.period_start),
        period_end=shift.date(m.period_end),
    )
    digest = hashlib.sha256(f"{source.sha256} {n}".encode()).hexdigest()
    return replace(
        plan,
        source=replace(source, sha256=digest, path=f"/generated/{n:06}.txt"),
        metadata=metadata,
        references=tuple(_cited(r, move) for r in plan.references),
        deadlines=tuple(
            replace(
                d,
                start_date=shift.date(d.start_date),
                end_date=shift.date(d.end_date),
                responsible=move.name(d.responsible),
                recipient=move.name(d.recipient),
            )
            for d in plan.deadlines
        ),
        targets=tuple(
            replace(t, period_start=shift.date(t.period_start), period_end=shift.date(t.period_end))
            for t in plan.targets
        ),
    )


def _cited(reference: Reference, move: _Move) -> Reference:
    """Papers of the province are those of the new one; what the state and the party wrote stays what it is."""
    return replace(
        reference,
        issuer=move.name(reference.issuer),
        document_key=move.key(reference.document_key),
        object=move.key(reference.object),
    )


class _Shift:
    """Dates `years` later; the day of issue `days` later too."""

    def __init__(self, years: int, days: int) -> None:
        self._years = years
        self._days = dt.timedelta(days)

    def date(self, iso: str | None, *, days: bool = False) -> str | None:
        if iso is None:
            return None
        year = int(iso[:4]) + self._years
        if len(iso) < len("2022-03-17"):
            return f"{year}{iso[4:]}"
        moved = dt.date(year, int(iso[5:7]), min(int(iso[8:]), 28))
        return (moved + self._days if days else moved).isoformat()


class _Move:
    """Names and keys with another province in the place of the plan's."""

    def __init__(self, province: str | None, to: str) -> None:
        self._from = province
        self.to = to

    def name(self, words: str | None) -> str | None:
        return words.replace(self._from, self.to) if words and self._from else words

    def key(self, key: str | None) -> str | None:
        """Of a document, which has issuers as they are written and papers without a number in small letters."""
        if key is None or self._from is None:
            return key
        return key.replace(self._from, self.to).replace(self._from.lower(), self.to.lower())


def _provinces(date: str) -> tuple[str, ...]:
    """The provinces of the map of a day."""
    return _of_map(34 if date >= NEW_LIST else 63)


@cache
def _of_map(scheme: int) -> tuple[str, ...]:
    found: dict[str, Any] = {p.name: p for p in versions() if int(p.scheme) == scheme}
    return tuple(found)
