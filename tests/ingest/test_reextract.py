"""Plans read again by newer rules: which files are read, what is told, what is kept."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from ingest.conftest import Desk
from ingest.fake import RULES, read_fake
from models.plan import Plan
from pipeline.errors import KehoachError
from pipeline.ingest import Rules
from pipeline.reextract import RereadReport, reextract

A = "1/KH-SYT|2022-03-17|Sở Y tế\n9/2020/NĐ-CP\n8/2020/NĐ-CP"
B = "2/KH-SYT|2022-03-17|Sở Y tế\n7/2020/NĐ-CP"


def read_newer(path: str, *, allow_classified: bool) -> tuple[Plan, str]:
    """Newer rules see no decree 8, are less sure of decree 7, and name the office in full."""
    plan, text = read_fake(path, allow_classified=allow_classified, version="rules-2")
    seen = tuple(
        replace(r, confidence=0.5) if r.code == "7/2020/NĐ-CP" else r
        for r in plan.references
        if r.code != "8/2020/NĐ-CP"
    )
    return replace(plan, references=seen), text


NEWER = Rules(read_newer, "rules-2")
SAME = Rules(partial(read_fake, version="rules-2"), "rules-2")
Run = Callable[..., RereadReport]


@pytest.fixture
def run(desk: Desk) -> Run:
    def call(*plans: str, **options: Any) -> RereadReport:
        return reextract(plans, desk.database, **{"rules": NEWER, "workers": 0, **options})

    return call


def told(report: RereadReport) -> dict[str, str]:
    """By file what changed in its plan, as "lost reference 8/2020/NĐ-CP"; failures by their code."""
    found = {
        Path(plan.path).stem: ", ".join(
            f"{'unsure' if fact.only_confidence else fact.change} {fact.kind} {fact.text}" for fact in plan.facts
        )
        for plan in report.plans
    }
    return found | {Path(failure.path).stem: failure.code for failure in report.failed}


@pytest.mark.parametrize("count", [0, pytest.param(2, marks=pytest.mark.slow)])
def test_what_newer_rules_change(desk: Desk, run: Run, count: int) -> None:
    desk.write(a=A, copy=A, b=B, c="bản thảo\n")
    desk.ingest()
    expected = {"a": "lost reference 8/2020/NĐ-CP", "b": "unsure reference 7/2020/NĐ-CP", "c": ""}
    before = desk.dump()
    report = run(dry_run=True, workers=count)
    assert (told(report), report.ok, report.dry_run) == (expected, True, True)
    assert desk.dump() == before
    report = run(workers=count)
    assert told(report) == expected
    assert {plan.from_version for plan in report.plans} == {"rules-1"}
    # It is what the newer rules give from the start, and nothing is left to do.
    after = desk.written()
    assert told(run()) == {}
    assert {s.path for s in desk.ingest(rules=NEWER).skipped} == {row["path"] for row in after["files"]}
    desk.database.unlink()
    desk.ingest(rules=NEWER)
    assert desk.written() == after


def test_which_plans_are_read(desk: Desk, run: Run) -> None:
    desk.write(a=A, b=B)
    desk.ingest()
    assert set(told(run("1/KH-SYT"))) == {"a"}
    assert told(run("1/KH-SYT")) == {"a": ""}  # asked for by name, though it is up to date
    assert set(told(run())) == {"b"}
    assert set(told(run())) == set()
    assert set(told(run(everything=True))) == {"a", "b"}
    with pytest.raises(KehoachError) as caught:
        run("3/KH-SYT")
    assert caught.value.code == "plan_unknown"


@pytest.mark.parametrize(
    ("text", "code"), [(None, "missing"), ("refuse", "encrypted"), ("secret", "classified"), ("raise", "unexpected")]
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_file_that_gives_nothing_any_more(desk: Desk, run: Run, text: str | None, code: str, dry_run: bool) -> None:
    desk.write(a=A, b=B)
    desk.ingest()
    facts = desk.written()["facts"]
    if text:
        desk.write(a=text)
    else:
        (desk.root / "a.txt").unlink()
    before = desk.dump()
    report = run(dry_run=dry_run)
    assert told(report) == {"a": code, "b": "unsure reference 7/2020/NĐ-CP"}
    assert not report.ok
    found = desk.written()
    [key] = [row["plan"]["key"] for row in found["plans"] if row["plan"]["code"] == "1/KH-SYT"]
    assert found["facts"][key] == facts[key]
    assert (desk.dump() == before) == dry_run
    # A file that is only gone (its drive, perhaps) is not noted; one that is there and can't be read is.
    noted = [] if dry_run or text is None else [code]
    assert [failure["code"] for failure in found["failures"]] == noted


def test_a_copy_serves_where_the_file_is_gone(desk: Desk, run: Run) -> None:
    desk.write(a=A, copy=A)
    desk.ingest()
    (desk.root / "a.txt").unlink()
    assert told(run()) == {"copy": "lost reference 8/2020/NĐ-CP"}


def test_the_better_edition_gives_the_facts(desk: Desk, run: Run) -> None:
    """By the older rules `a` has more facts, by the newer ones `b` has."""
    other = "1/KH-SYT|2022-03-17|Sở Y tế\n6/2020/NĐ-CP\n5/2020/NĐ-CP"
    desk.write(a=A + "\n8/2021/NĐ-CP", b=other)
    desk.ingest()

    def worse(path: str, *, allow_classified: bool) -> tuple[Plan, str]:
        plan, text = read_fake(path, allow_classified=allow_classified, version="rules-2")
        return (replace(plan, references=plan.references[:1]), text) if path.endswith("a.txt") else (plan, text)

    report = run(rules=Rules(worse, "rules-2"))
    assert [Path(plan.path).stem for plan in report.plans] == ["a", "b"]
    after = desk.written()
    assert [Path(path).stem for path in after["plans"][0]["files"]] == ["a", "b"]
    desk.database.unlink()
    desk.ingest(rules=Rules(worse, "rules-2"), workers=0)
    assert desk.written() == after


def test_what_is_in_an_archive(desk: Desk, run: Run) -> None:
    with zipfile.ZipFile(desk.root / "plans.zip", "w") as archive:
        archive.writestr("in/a.txt", A)
    desk.ingest("plans.zip")
    report = run()
    assert told(report) == {"a": "lost reference 8/2020/NĐ-CP"}
    assert "plans.zip" in report.plans[0].path
    (desk.root / "plans.zip").unlink()
    assert told(run(everything=True)) == {"a": "missing"}


def test_a_file_that_has_changed_meanwhile(desk: Desk, run: Run) -> None:
    desk.write(a=A)
    desk.ingest()
    desk.write(a="1/KH-SYT|2022-03-17|Sở Y tế\n9/2020/NĐ-CP\n7/2020/NĐ-CP")
    assert told(run(rules=SAME)) == {"a": "altered reference 7/2020/NĐ-CP"}
    desk.write(a=B)
    report = run(everything=True, rules=SAME)
    assert [(field.name, field.before, field.after) for field in report.plans[0].metadata] == [
        ("number", "1", "2"),
        ("code", "1/KH-SYT", "2/KH-SYT"),
    ]
    assert desk.plans() == {"a=2/KH-SYT"}


def test_a_plan_that_the_database_refuses(desk: Desk, run: Run) -> None:
    desk.write(a=A, b=B)
    desk.ingest()

    def twice(path: str, *, allow_classified: bool) -> tuple[Plan, str]:
        plan, text = read_newer(path, allow_classified=allow_classified)
        return replace(plan, references=plan.references * 2) if path.endswith("a.txt") else plan, text

    report = run(rules=Rules(twice, "rules-2"))
    assert told(report) == {"a": "unexpected", "b": "unsure reference 7/2020/NĐ-CP"}
    assert desk.ingest(rules=RULES).ok


def test_each_result_is_told_at_once(desk: Desk, run: Run) -> None:
    desk.write(a=A, b=B)
    desk.ingest()
    (desk.root / "b.txt").unlink()
    seen: list[object] = []
    report = run(on_result=seen.append)
    assert len(seen) == 2
    assert seen == [*report.failed, *report.plans]
