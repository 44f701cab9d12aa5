"""The map of provinces as equal tiles, of a stronger colour where there is more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from data import load

Map = Literal["now", "until_2025"]
SCHEMES: dict[Map, int] = {"now": 34, "until_2025": 63}
SHADES = 5


class Tile(NamedTuple):
    """A province's place on the map, what it has in few characters and exactly, how strong its colour is (0: nothing),
    and where it leads."""

    name: str
    column: int
    row: int
    value: str
    exact: str
    shade: int
    href: str | None


def tiles(
    which: Map,
    values: Mapping[str, float],
    shown: Callable[[float], str],
    href: Callable[[str], str],
    *,
    from_zero: bool,
    exact: Callable[[float], str] | None = None,
) -> list[Tile]:
    """All provinces of a map, by rows. `shown` has to fit a tile, `exact` need not. Shades go from nothing (or from the
    lowest value) to the highest."""
    high = max(values.values(), default=0.0)
    low = 0.0 if from_zero else min(values.values(), default=0.0)
    made = []
    for name, (column, row) in load("tilemap")[which].items():
        value = values.get(name)
        made.append(
            Tile(
                name=name,
                column=column,
                row=row,
                value="" if value is None else shown(value),
                exact="" if value is None else (exact or shown)(value),
                shade=0 if value is None else _shade(value, low, high),
                href=None if value is None else href(name),
            )
        )
    return sorted(made, key=lambda tile: (tile.row, tile.column))


def _shade(value: float, low: float, high: float) -> int:
    if high <= low:
        return SHADES
    return 1 + min(SHADES - 1, int((value - low) / (high - low) * SHADES))
