"""What is new since a day, and what is written for everybody."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from models import tables as t
from pipeline import publish as module
from pipeline.publish import publish
from pipeline.store import Store
from pipeline.store.database import writing
from pipeline.store.news import News, news
from pipeline.store.news_page import page
from store.plans import TEXT, deadline, metadata, plan, reference, target

DAY = dt.date(2025, 6, 10)
LONG_AGO = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def save(store: Store, name: str, **facts: Any) -> str:
    made = plan(f"/plans/{name}.txt", facts.pop("content", name), meta=metadata(f"{name}/KH-SYT"), **facts)
    key = store.save(made, TEXT).plan
    store.settle()
    return key


def backdate(store: Store, name: str, moment: dt.datetime = LONG_AGO) -> None:
    """Have the file come into the database then."""
    with writing(store.engine) as connection:
        query = update(t.SourceFile).where(t.SourceFile.path == f"/plans/{name}.txt")
        connection.execute(query.values(seen_at=moment))


def found(store: Store, since: dt.date = dt.date(2025, 6, 1)) -> News:
    with store.reading() as connection:
        return news(connection, since=since, as_of=DAY)


def codes(report: News) -> list[str | None]:
    return [one.code for one in report.plans]


def test_plans_and_documents_that_were_not_there(store: Store) -> None:
    save(store, "1", references=(reference("1/QĐ-BYT", "2024-01-02"), reference("2/QĐ-BYT", "2024-01-02")))
    backdate(store, "1")
    save(store, "2", references=(reference("2/QĐ-BYT", "2024-01-02"), reference("3/QĐ-BYT", "2024-01-02")))
    report = found(store)
    assert codes(report) == ["2/KH-SYT"]
    assert [(one.code, [p.code for p in one.plans]) for one in report.documents] == [("3/QĐ-BYT", ["2/KH-SYT"])]


def test_an_undated_mention_is_no_new_document(store: Store) -> None:
    save(store, "1", references=(reference("1/QĐ-BYT", "2024-01-02"),))
    backdate(store, "1")
    save(store, "2", references=(reference("1/QĐ-BYT"),))
    assert found(store).documents == ()


@pytest.mark.parametrize(
    ("moment", "new"),
    [
        # The day begins at midnight in Viet Nam, seven hours before it does in UTC.
        (dt.datetime(2025, 5, 31, 17, 0, tzinfo=dt.UTC), True),
        (dt.datetime(2025, 5, 31, 16, 59, tzinfo=dt.UTC), False),
    ],
)
def test_the_day_is_that_of_viet_nam(store: Store, moment: dt.datetime, new: bool) -> None:
    save(store, "1")
    backdate(store, "1", moment)
    assert bool(found(store).plans) == new


def test_a_copy_of_an_old_plan_is_not_new(store: Store) -> None:
    save(store, "1", content="same")
    backdate(store, "1")
    store.save(plan("/plans/copy.txt", "same", meta=metadata("1/KH-SYT")), TEXT)
    assert codes(found(store)) == []


def test_deadlines_of_thirty_days(store: Store) -> None:
    days = {
        "yesterday": dt.date(2025, 6, 9),
        "today": DAY,
        "last": dt.date(2025, 7, 10),
        "beyond": dt.date(2025, 7, 11),
    }
    save(store, "1", deadlines=tuple(deadline(name, end_date=day.isoformat()) for name, day in days.items()))
    assert [row.id for row in found(store).deadlines] == ["today", "last"]


def test_targets_that_changed(store: Store) -> None:
    save(store, "1", content="before", targets=(target("a", low=90.0), target("b", low=1.0), target("same", low=5.0)))
    save(store, "1", content="after", targets=(target("a", low=95.0), target("c", low=2.0), target("same", low=5.0)))
    report = found(store, dt.date(2020, 1, 1))
    assert [(one.id, one.change) for one in report.targets] == [("a", "altered"), ("b", "lost"), ("c", "gained")]
    assert report.targets[0].before is not None and report.targets[0].after is not None
    assert (report.targets[0].before["low"], report.targets[0].after["low"]) == (90.0, 95.0)
    assert found(store, dt.date(2099, 1, 1)).targets == ()


def test_newer_rules_change_no_plan(store: Store) -> None:
    save(store, "1", content="x", targets=(target("a", low=90.0),))
    save(store, "1", content="x", targets=(target("a", low=95.0),), version="rules-2")
    report = found(store, dt.date(2020, 1, 1))
    assert (report.targets, report.reread) == ((), 1)


def test_the_page(store: Store) -> None:
    save(
        store, "1", deadlines=(deadline("d", end_date="2025-06-20"),), references=(reference("1/QĐ-BYT", "2024-01-02"),)
    )
    words = page(found(store), "vi")
    assert words.startswith(
        "# Thay đổi và thời hạn, 10/06/2025\n\nTính từ ngày 01/06/2025.\n\n1 kế hoạch mới, 1 văn bản"
    )
    assert "| 1/KH-SYT | 17/03/2022 | Quảng Ngãi |" in words
    assert "| 20/06/2025 | trước ngày 31/3 |  | 1/KH-SYT · Quảng Ngãi |" in words
    assert "## Chỉ tiêu thay đổi (0)\n\nKhông có.\n" in words
    assert page(found(store), "en").startswith("# What is new and what is due, 10/06/2025\n")


def test_what_is_published_is_the_same_twice(store: Store, url: str, tmp_path: Path) -> None:
    save(store, "1", deadlines=(deadline("d", end_date="2025-06-20"),))
    folder = tmp_path / "out"
    seen = []
    for _ in range(2):
        made = publish(url, folder, formats=["csv", "json"], as_of=DAY)
        seen.append({name: (folder / name).read_bytes() for name in made.files})
    assert seen[0] == seen[1]
    assert {"csv/plans.csv", "deadlines.ics", "news.vi.md", "news.en.md", "news.json"} <= set(seen[0])
    assert made.events == 1
    assert json.loads(seen[0]["news.json"])["as_of"] == "2025-06-10"
    assert not list(tmp_path.glob(".out.*"))


def test_what_fails_leaves_what_was_there(
    store: Store, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, "1")
    folder = tmp_path / "out"
    publish(url, folder, formats=["csv"], as_of=DAY)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    save(store, "2")
    monkeypatch.setattr(module, "page", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(url, folder, formats=["csv"], as_of=DAY)
    assert {path: path.read_bytes() for path in before} == before
    assert (folder / "notes.txt").exists()
    assert not list(tmp_path.glob(".out.*"))
