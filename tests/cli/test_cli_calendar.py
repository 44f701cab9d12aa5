"""`kehoach deadlines --ics`: a file that is there whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar
from running import Ended

from pipeline.atomic import replacing


def names(path: Path) -> list[str]:
    return sorted(p.name for p in path.iterdir())


def test_a_calendar_is_written(kehoach: Callable[..., Ended], db: Path, tmp_path: Path) -> None:
    ended = kehoach("deadlines", "--all", "--ics", "thoi-han.ics", "--db", db)
    events = Calendar.from_ical((tmp_path / "thoi-han.ics").read_bytes()).walk("VEVENT")
    assert (ended.code, ended.out) == (0, "")
    assert f"Đã ghi {len(events)} sự kiện vào thoi-han.ics." in ended.err
    assert "118/KH-SYT" in str(events[0]["SUMMARY"])
    assert names(tmp_path) == ["plans.db", "thoi-han.ics"]


def test_filters_limit_and_alarm_hold_for_it(kehoach: Callable[..., Ended], db: Path, tmp_path: Path) -> None:
    asked = ("--all", "--unit", "tram y te", "--alarm", "3", "--json")
    ended = kehoach("deadlines", *asked, "--ics", "a.ics", "--db", db)
    rows = json.loads(ended.out)
    (event,) = Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert [row["responsible"] for row in rows] == ["Trạm Y tế xã"]
    assert event["UID"] == f"{rows[0]['plan']['key']}.{rows[0]['id']}@kehoach"
    assert event.walk("VALARM")[0]["TRIGGER"].dt.days == -4


def test_a_folder_that_is_not_there_is_named(kehoach: Callable[..., Ended], db: Path) -> None:
    ended = kehoach("deadlines", "--ics", "none/a.ics", "--db", db)
    assert ended.code == 1
    assert "a.ics: " in ended.err and ".tmp" not in ended.err
    assert ended.err.count("\n") == 1


def test_what_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), replacing(path) as beside:
        beside.write_text("half", encoding="utf-8")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.ics"]
    with replacing(path) as beside:
        beside.write_text("new", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "new"
    assert names(tmp_path) == ["a.ics"]


def test_a_calendar_goes_to_the_output(kehoach: Callable[..., Ended], db: Path, tmp_path: Path) -> None:
    ended = kehoach("deadlines", "--all", "--ics", "-", "--db", db)
    assert ended.code == 0
    assert ended.out.startswith("BEGIN:VCALENDAR") and ended.out.rstrip().endswith("END:VCALENDAR")
    assert not (tmp_path / "-").exists()


def test_what_the_system_says_is_in_the_users_language(kehoach: Callable[..., Ended], db: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    ended = kehoach("deadlines", "--all", "--ics", "folder", "--db", db)
    assert ended.code == 1 and "đây là thư mục, không phải tệp" in ended.err
