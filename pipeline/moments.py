"""Moments as the databases give them."""

from __future__ import annotations

import datetime as dt


def aware(moment: dt.datetime) -> dt.datetime:
    """A moment with its time zone: SQLite gives moments in UTC without it."""
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC)


def in_utc(moment: dt.datetime) -> dt.datetime:
    """The same moment in UTC, in whichever time zone a server of databases lives."""
    return aware(moment).astimezone(dt.UTC)
