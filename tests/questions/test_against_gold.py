"""The answers, worked out once more without database and extraction, from what people wrote down of the samples."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import rrulestr

from tests.questions.build_docs import QUESTIONS

GOLD = [
    tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[2] / "data" / "samples" / "gold").glob("*.toml"))
]
Row = tuple[Any, ...]


def answer(number: int, *columns: str) -> Counter[Row]:
    """The rows of an answer, of these columns."""
    question = QUESTIONS[number - 1]
    places = [question["columns"].index(name) for name in columns]
    return Counter(tuple(row[at] for at in places) for row in question["answer"])


def value(item: dict[str, Any], field: str) -> Any:
    """What the gold has; of several right values the fullest."""
    found = item.get(field, "")
    return max(found, key=str) if isinstance(found, list) else found


def facts(group: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each fact that has to be found, after its plan's metadata."""
    for gold in GOLD:
        yield from ((gold["metadata"], item) for item in gold[group] if not item.get("optional"))


def called(plan: dict[str, Any]) -> str:
    return str(plan["code"] or plan["title"])


def cited(relations: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    return ((plan, item) for plan, item in facts("references") if value(item, "relation") in relations)


def test_1_satisfaction() -> None:
    wanted = Counter(
        (plan["province"], float(item["low"]))
        for plan, item in facts("targets")
        if "hài lòng" in value(item, "indicator")
        and ("người bệnh" in item["indicator"] or "khám bệnh" in item["indicator"])
        and plan["period_start"].startswith("2026")
        and item.get("low", 0) >= 90
    )
    assert wanted == answer(1, "province", "value")


def test_2_what_is_handed_in_on_days_that_plans_name() -> None:
    wanted: Counter[Row] = Counter()
    for plan, item in facts("deadlines"):
        days = [value(item, "end_date")]
        rule = value(item, "rrule")
        if "BYMONTHDAY" in rule and plan["period_start"] <= "2026-06-01" <= plan["period_end"]:
            days = [f"{day:%F}" for day in rrulestr(rule, dtstart=datetime(2026, 6, 1))[:1]]  # noqa: DTZ001
        if value(item, "recipient"):
            wanted.update((d, plan["province"], item["recipient"]) for d in days if d.startswith("2026-06"))
    named = Counter({row: n for row, n in answer(2, "day", "province", "recipient").items() if row[0] != "2026-06-30"})
    assert wanted == named


def test_4_what_most_provinces_cite() -> None:
    # Thái Bình and Hưng Yên are one province since July 2025.
    places: defaultdict[str, set[str]] = defaultdict(set)
    for plan, item in facts("references"):
        place = {"Thái Bình": "Hưng Yên"}.get(plan["province"], plan["province"])
        places[value(item, "code") or value(item, "name")].add(place)
    wanted = Counter({(name, len(found)): 1 for name, found in places.items() if len(found) > 1})
    assert wanted == answer(4, "document", "provinces")


def test_5_a_decree_that_was_replaced() -> None:
    told = {(value(item, "code"), called(plan)) for plan, item in cited(("replaces", "repeals"))}
    wanted = Counter(
        (plan["code"], item["code"])
        for plan, item in cited(("basis", "implements"))
        if any(code == value(item, "code") and by != called(plan) for code, by in told)
    )
    assert wanted == answer(5, "code", "document_code")


def test_9_days_from_the_decision_to_the_plan() -> None:
    dates: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, item in facts("references"):
        if value(item, "date"):
            dates[value(item, "code")][value(item, "date")] += 1
    wanted: Counter[Row] = Counter()
    for plan, item in cited(("basis", "implements")):
        if value(item, "issuer") == "Thủ tướng Chính phủ" and len(plan["issue_date"]) == 10:
            issued = date.fromisoformat(dates[item["code"]].most_common(1)[0][0])
            wanted[plan["code"], item["code"], (date.fromisoformat(plan["issue_date"]) - issued).days] += 1
    assert wanted == answer(9, "code", "document_code", "lag_days")


@pytest.mark.parametrize(("number", "ids"), [(11, "tham gia bảo hiểm y tế")])
def test_11_a_province_with_its_predecessors(number: int, ids: str) -> None:
    wanted = Counter(
        (plan["province"], float(item["low"]))
        for plan, item in facts("targets")
        if plan["province"] in ("Hưng Yên", "Thái Bình") and value(item, "indicator").endswith(f"dân số {ids}")
    )
    assert wanted == answer(number, "province", "value")


def test_14_awards() -> None:
    wanted = Counter(
        (plan["province"], item["comparator"], float(item.get("low", item.get("high"))))
        for plan, item in facts("targets")
        if "Giấy khen" in value(item, "indicator") or "trực tiếp lao động" in value(item, "indicator")
    )
    assert wanted == answer(14, "province", "comparator", "number")


def test_16_one_act_with_two_dates() -> None:
    dates: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, item in facts("references"):
        if len(value(item, "date")) == 10 and value(item, "code").endswith(("TTg", "NĐ-CP", "TW", "BYT")):
            dates[value(item, "code")][value(item, "date")] += 1
    wanted = Counter({(code, day, n): 1 for code, found in dates.items() if len(found) > 1 for day, n in found.items()})
    assert wanted == answer(16, "document_code", "date_as_cited", "mentions")


def test_17_one_indicator_with_two_numbers() -> None:
    numbers: defaultdict[Row, set[float]] = defaultdict(set)
    for plan, item in facts("targets"):
        if value(item, "comparator") == "<" and value(item, "period_end"):
            numbers[called(plan), value(item, "indicator"), item["period_end"]].add(float(item["high"]))
    wanted = Counter({(row[0], max(found), min(found)): 1 for row, found in numbers.items() if len(found) > 1})
    assert wanted == answer(17, "code", "value", "other")


def test_20_signers_of_offices_with_several() -> None:
    signers: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for gold in GOLD:
        plan = gold["metadata"]
        signers[value(plan, "issuer")].add((plan["issue_date"], value(plan, "signer_name")))
    wanted = Counter((who, *each) for who, found in signers.items() if len(found) > 1 for each in found)
    assert wanted == answer(20, "issuer", "issue_date", "signer_name")


def test_21_a_calendar_has_every_day_of_the_health_centres() -> None:
    of_them = [
        item
        for _, item in facts("deadlines")
        if "trung tâm y tế" in f"{value(item, 'responsible')} {value(item, 'recipient')}".lower()
    ]
    days = Counter(item["end_date"] for item in of_them if value(item, "end_date"))
    once = Counter({row: n for row, n in answer(21, "first_day", "rule").items() if not row[1]})
    assert Counter(row[0] for row in once.elements()) == days
    assert sum(1 for item in of_them if value(item, "rrule")) == len(answer(21, "rule")) - 1


def test_22_a_rhythm_that_ended() -> None:
    rules: defaultdict[str, set[str]] = defaultdict(set)
    for plan, item in facts("deadlines"):
        if value(item, "rrule"):
            rules[called(plan)].add(item["rrule"])
    draft = "Phòng, chống tác hại của thuốc lá năm 2024"
    ended = {*(rules[draft] - rules["4127/KH-SYT"]), *(rules["167/KH-SYT"] - rules["212/KH-SYT"])}
    assert Counter((rule,) for rule in ended) == answer(22, "rrule")


def test_24_a_term_of_the_past() -> None:
    wanted = Counter((plan["province"], "x") for plan, item in facts("targets") if "mức độ 3" in item["quote"])
    assert wanted == Counter({row: n for row, n in answer(24, "province", "outdated").items() if row[1]})


def test_25_a_draft_is_looked_at_first() -> None:
    drafts = {called(gold["metadata"]) for gold in GOLD if not gold["metadata"]["code"]}
    assert drafts == {row[0] for row in answer(25, "plan") if "/" not in row[0]}


def test_8_every_province_but_those_whose_plans_rest_on_the_decision() -> None:
    places = {"Lạng Sơn", "Hưng Yên"}  # Thái Bình's plan would count for Hưng Yên, too
    told = {plan["province"] for plan, item in cited(("basis", "implements")) if value(item, "code") == "568/QĐ-TTg"}
    assert told <= places | {"Thái Bình"}
    named = {row[0] for row in answer(8, "province")}
    assert len(named) == 34 - len(places) and named.isdisjoint(places)
