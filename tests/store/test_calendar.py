"""Deadlines as a calendar, read back by icalendar, and its rules by python-dateutil."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from models.plan import Deadline, Plan, SectionFact, Span, Task
from pipeline.ingest import ingest
from pipeline.store import Store, open_store, queries
from pipeline.store.calendar import CalendarFile, calendar

from .plans import TEXT, deadline, metadata, plan

NOW = dt.datetime(2022, 4, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=7)))
YEAR = {"period_start": "2022-01-01", "period_end": "2022-12-31"}
SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "plans"


def made(store: Store, **asked: Any) -> CalendarFile:
    with store.reading() as connection:
        rows = queries.deadlines(connection, as_of=NOW.date(), **asked)
        return calendar(connection, rows, written=NOW)


def events(found: CalendarFile) -> list[Any]:
    return Calendar.from_ical(found.content).walk("VEVENT")


def of(store: Store, *deadlines: Deadline, **fields: Any) -> list[Any]:
    store.save(plan(meta=metadata(**{**YEAR, **fields}), deadlines=deadlines), TEXT)
    return events(made(store))


def test_a_due_date_is_one_free_day_with_an_alarm_a_week_before(store: Store) -> None:
    (event,) = of(store, deadline(bound="before", end_date="2022-03-31"))
    assert event["DTSTART"].dt == dt.date(2022, 3, 31)
    assert event["DTEND"].dt == dt.date(2022, 4, 1)
    assert event["TRANSP"] == "TRANSPARENT"
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].params["RELATED"] == "END"
    assert event["DTEND"].dt + alarm["TRIGGER"].dt == dt.date(2022, 3, 24)
    assert "RRULE" not in event


def test_only_an_interval_lasts(store: Store) -> None:
    days = {"start_date": "2022-02-01", "end_date": "2022-12-20"}
    long, short = of(store, deadline("d1", kind="interval", **days), deadline("d2", kind="deadline", **days))[::-1]
    found = {event["UID"].split(".")[-1]: (event["DTSTART"].dt, event["DTEND"].dt) for event in (long, short)}
    assert found == {
        "d1@kehoach": (dt.date(2022, 2, 1), dt.date(2022, 12, 21)),
        "d2@kehoach": (dt.date(2022, 12, 20), dt.date(2022, 12, 21)),
    }


@pytest.mark.parametrize(
    ("rule", "fields", "days"),
    [
        # hằng quý; 6 tháng; ngày 20 hằng tháng, from when the plan was issued
        ("FREQ=MONTHLY;INTERVAL=3", YEAR, ["2022-03-31", "2022-06-30", "2022-09-30", "2022-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=6", YEAR, ["2022-06-30", "2022-12-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=20", {**YEAR, "date": "2022-09-21"}, ["2022-10-20", "2022-11-20", "2022-12-20"]),
        # trước ngày 10/01: of the year after
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10", YEAR, ["2023-01-10"]),
        ("FREQ=YEARLY;BYMONTH=6,12", YEAR, ["2022-06-30", "2022-12-31"]),
        # 2 năm một lần
        ("FREQ=YEARLY;INTERVAL=2", {"period_start": "2021-01-01", "period_end": "2025-12-31"}, ["2023-12-31", "2025-12-31"]),
        # the last working day of a quarter's month
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", YEAR, ["2022-03-31", "2022-06-30", "2022-09-30", "2022-12-30"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", {"date": "2022-12-01", **YEAR}, ["2022-12-09", "2022-12-23"]),
    ],
)  # fmt: skip
def test_a_rule_gives_the_days_of_the_plan(store: Store, rule: str, fields: dict[str, str], days: list[str]) -> None:
    (event,) = of(store, deadline(rrule=rule), **fields)
    first = event["DTSTART"].dt
    written = event["RRULE"].to_ical().decode()
    moments = list(rrulestr(written, dtstart=dt.datetime.combine(first, dt.time())))
    assert [moment.date().isoformat() for moment in moments] == days
    assert first.isoformat() == days[0]


def test_a_rule_of_a_plan_without_end_has_none(store: Store) -> None:
    (event,) = of(store, deadline(rrule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"), period_start=None, period_end=None)
    assert event["DTSTART"].dt == dt.date(2022, 12, 15)
    assert "UNTIL" not in event["RRULE"]


@pytest.mark.parametrize(("rule", "days"), [("FREQ=DAILY", []), ("FREQ=WEEKLY", [-2]), ("FREQ=MONTHLY", [-8])])
def test_what_comes_often_is_not_told_a_week_before(store: Store, rule: str, days: list[int]) -> None:
    (event,) = of(store, deadline(rrule=rule))
    assert [alarm["TRIGGER"].dt.days for alarm in event.walk("VALARM")] == days


def test_what_has_no_day_is_counted(store: Store) -> None:
    store.save(plan(deadlines=(deadline("d1", anchor="khi kết thúc"), deadline("d2", start_date="2022-05-01"))), TEXT)
    found = made(store)
    assert (found.events, found.without_day) == (1, 1)
    assert events(found)[0]["DTSTART"].dt == dt.date(2022, 5, 1)


def test_an_event_says_what_whose_and_where(store: Store) -> None:
    heading = {"parent": None, "path": "IV", "marker": "IV", "level": 1, "heading": "BÁO CÁO", "heading_span": None}
    saved: Plan = plan(
        meta=metadata(title="phòng, chống lao; năm 2022"),
        sections=(SectionFact(id="s1", span=Span(0, 90), roles=(), **heading),),
        deadlines=(
            deadline(
                section="s1",
                end_date="2022-06-30",
                responsible="Bệnh viện Phổi",
                recipient="Sở Y tế",
                tasks=("k1",),
            ),
        ),
        tasks=(Task(id="k1", text="Gửi báo cáo,\n\x07sơ kết " + "rất dài " * 40, span=Span(0, 60)),),
    )
    store.save(saved, TEXT)
    (event,) = events(made(store))
    assert event["SUMMARY"].startswith("Gửi báo cáo, sơ kết rất dài")
    assert event["SUMMARY"].endswith(" … (463/KH-SYT)")
    lines = str(event["DESCRIPTION"]).split("\n")
    assert lines[0].startswith("Việc: Gửi báo cáo, sơ kết") and len(lines[0]) > 300
    assert lines[1:] == [
        "Thực hiện: Bệnh viện Phổi",
        "Gửi: Sở Y tế",
        "Nguyên văn: trước ngày 31/3",
        "Kế hoạch: 463/KH-SYT - phòng, chống lao; năm 2022 - Sở Y tế tỉnh Quảng Ngãi",
        "Mục: IV BÁO CÁO",
    ]
    assert event["CATEGORIES"].cats == ["Quảng Ngãi"]
    assert event["DTSTAMP"].dt == NOW


def test_one_unit_is_asked_for_by_its_words(store: Store) -> None:
    named = (
        deadline("d1", end_date="2022-06-30", responsible="Trung tâm Y tế các huyện"),
        deadline("d2", end_date="2022-06-30", recipient="Sở  Y tế"),
        deadline("d3", end_date="2022-06-30"),
    )
    store.save(plan(deadlines=named), TEXT)
    for unit, ids in (("trung tam y te", ["d1"]), ("Sở Y tế", ["d2"]), ("y tế", ["d1", "d2"]), ("bệnh viện", [])):
        assert sorted(event["UID"].split(".")[-1].split("@")[0] for event in events(made(store, unit=unit))) == ids


def test_the_samples_keep_their_uids_when_they_are_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    for file in sorted(SAMPLES.glob("*"))[:3]:
        (folder / file.name).write_bytes(file.read_bytes())

    def uids() -> list[str]:
        with open_store(tmp_path / "kehoach.db") as store:
            found = made(store)
        content = found.content.decode()
        assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))
        return [str(event["UID"]) for event in events(found)]

    ingest([str(folder)], str(tmp_path / "kehoach.db"), workers=1)
    before = uids()
    assert len(before) == len(set(before)) > 5
    assert uids() == before
    for file in folder.iterdir():  # other bytes, the same words
        file.write_bytes(file.read_bytes() + b"\n")
    ingest([str(folder)], str(tmp_path / "kehoach.db"), workers=1)
    assert uids() == before
