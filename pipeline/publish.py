"""The database as files for everybody: all tables, the calendar of deadlines, and what is new.

Everything is made in a folder beside the one that is asked for and put into it when all of it is done, file by file, so
that no reader sees half a file. The same database gives, on the same day, the same files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipeline.atomic import filling
from pipeline.moments import today
from pipeline.store import Store, open_store
from pipeline.store.calendar import calendar
from pipeline.store.export import Format, export
from pipeline.store.news import News, news, written_at
from pipeline.store.news_page import page
from pipeline.store.queries import deadlines

CALENDAR = "deadlines.ics"
NEWS = "news"
SINCE = dt.timedelta(days=7)
LANGUAGES = ("vi", "en")


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What was written: the folder, the files in it by their names, and what the report says."""

    folder: str
    files: tuple[str, ...]
    rows: int
    events: int
    news: News


def publish(
    database_url: str | Path,
    folder: str | Path,
    *,
    formats: Sequence[Format] = ("xlsx", "csv"),
    since: dt.date | None = None,
    as_of: dt.date | None = None,
    language: str = "vi",
) -> Published:
    """Writes all tables (each format in a folder of its own), `deadlines.ics`, and what is new since a day (a week ago
    if none is named) as `news.vi.md`, `news.en.md` and `news.json`. `language` is that of the calendar.

    The folder is made where it is not there; other files in it stay. Raises DatabaseError, KehoachError where the
    package that writes a format is missing, OSError where the folder can't be written.
    """
    as_of = as_of or today()
    target = Path(folder).absolute()
    with filling(target) as beside:
        with open_store(database_url, create=False) as store:
            rows, events, found = _write(store, beside, formats, since or as_of - SINCE, as_of, language)
        names = tuple(path.relative_to(beside).as_posix() for path in sorted(beside.rglob("*")) if path.is_file())
    return Published(folder=target.as_posix(), files=names, rows=rows, events=events, news=found)


def _write(
    store: Store, folder: Path, formats: Sequence[Format], since: dt.date, as_of: dt.date, language: str
) -> tuple[int, int, News]:
    """All files, from one state of the database; the rows, the events and what is new."""
    rows = 0
    with store.reading() as connection:
        for form in dict.fromkeys(formats):
            rows = sum(export(connection, folder / form, form, bom=form == "csv").values())
        made = calendar(
            connection, deadlines(connection, as_of=as_of), written=written_at(connection), language=language
        )
        (folder / CALENDAR).write_bytes(made.content)
        found = news(connection, since=since, as_of=as_of)
    for each in LANGUAGES:
        (folder / f"{NEWS}.{each}.md").write_text(page(found, each), encoding="utf-8", newline="\n")
    (folder / f"{NEWS}.json").write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    return rows, made.events, found
