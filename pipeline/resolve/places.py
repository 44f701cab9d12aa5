"""Provinces through time: which one bore a name on a day, what it came from and what became of it."""

from __future__ import annotations

from extractors.places import NEW_LIST, Province, province_of, province_of_place, version_of, versions

__all__ = ["Province", "predecessors", "province_at", "province_of", "province_of_place", "successor", "version_of"]


def province_at(name: str, date: str) -> Province | None:
    """The province that bore exactly this name on a date (ISO, the first day where month or day is missing)."""
    return next((p for p in versions() if p.name == name and p.held(date)), None)


def successor(province: Province) -> Province:
    """The province of the newer list that took this one's territory; itself if it is of the newer list."""
    if province.scheme == "34":
        return province
    found = province_at(province.successor, NEW_LIST)
    if found is None:
        raise ValueError(f"data/provinces.toml: {province.name} has no successor")
    return found


def predecessors(province: Province) -> tuple[Province, ...]:
    """The provinces of the older list, as they were on their last day, that this one was made of; () for an old one."""
    if province.scheme == "63":
        return ()
    last = [p for p in versions() if p.scheme == "63" and p.successor == province.name]
    return tuple(p for p in last if not any(q.code == p.code and (q.since or "") > (p.since or "") for q in last))
