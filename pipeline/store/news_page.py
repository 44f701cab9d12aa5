"""What is new, as a page of Markdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from data import load
from pipeline.markdown import table
from pipeline.store.finding import PlanRef
from pipeline.store.news import News

SHOWN = 500  # rows of a table; all of them are in the JSON beside it


def page(news: News, language: str) -> str:
    """The report in "vi" or "en"."""

    def say(key: str, **values: object) -> str:
        words: str = load("messages")["news"][key][language]
        return words.format(**values)

    lines = [f"# {say('heading', day=_day(news.as_of))}", "", say("since", day=_day(news.since)), ""]
    lines.append(
        say(
            "in_short",
            plans=len(news.plans),
            documents=len(news.documents),
            deadlines=len(news.deadlines),
            targets=len(news.targets),
        )
    )
    if news.reread:
        lines += ["", say("reread", count=news.reread)]

    def section(name: str, columns: Sequence[str], rows: list[list[str]]) -> None:
        lines.extend(["", f"## {say(name)} ({len(rows)})", ""])
        if not rows:
            lines.append(say("none"))
            return
        lines.extend(table([say(f"column_{column}") for column in columns], rows[:SHOWN]))
        if len(rows) > SHOWN:
            lines.extend(["", say("more", count=len(rows) - SHOWN)])

    section(
        "plans",
        ("code", "day", "province", "title", "file"),
        [[p.code or "", _iso(p.issue_date), p.province or "", p.title or "", p.path or ""] for p in news.plans],
    )
    section(
        "deadlines",
        ("due", "work", "who", "plan"),
        [
            [_day(row.due), "; ".join(row.work) or row.text, row.responsible or "", _plan(row.plan)]
            for row in news.deadlines
        ],
    )
    section(
        "targets",
        ("plan", "change", "before", "after"),
        [[_plan(c.plan), say(f"change_{c.change}"), _words(c.before), _words(c.after)] for c in news.targets],
    )
    section(
        "documents",
        ("document", "day", "issuer", "about", "cited_by"),
        [
            [d.code or d.name or d.key, _iso(d.date), d.issuer or "", d.title or "", _plans(d.plans)]
            for d in news.documents
        ],
    )
    return "\n".join(lines) + "\n"


def _words(target: dict[str, Any] | None) -> str:
    return str(target["text"]) if target else ""


def _plan(plan: PlanRef) -> str:
    return " · ".join(part for part in (plan.code or plan.title or plan.key, plan.province) if part)


def _plans(plans: Sequence[PlanRef]) -> str:
    named = "; ".join(_plan(plan) for plan in plans[:3])
    return f"{named}; +{len(plans) - 3}" if len(plans) > 3 else named


def _day(day: dt.date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _iso(date: str | None) -> str:
    """A date as precise as it is known, as people write it."""
    return "/".join(reversed(date.split("-"))) if date else ""
