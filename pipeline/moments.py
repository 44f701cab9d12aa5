"""Days and moments: those of Viet Nam, and those that the databases give."""

from __future__ import annotations

import datetime as dt

VIETNAM = dt.timezone(dt.timedelta(hours=7))  # Asia/Ho_Chi_Minh, the same all year; needs no time zone files


def today() -> dt.date:
    """The day it is in Viet Nam."""
    return dt.datetime.now(VIETNAM).date()


def aware(moment: dt.datetime) -> dt.datetime:
    """A moment with its time zone: SQLite gives moments in UTC without it."""
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC)


def in_utc(moment: dt.datetime) -> dt.datetime:
    """The same moment in UTC, in whichever time zone a server of databases lives."""
    return aware(moment).astimezone(dt.UTC)
