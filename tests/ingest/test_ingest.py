"""Files into the database: what is read, skipped, replaced and reported."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from ingest.conftest import Desk
from ingest.fake import RULES, read_fake
from ingest.make_archives import write, zipped
from pipeline import ingest as module
from pipeline import workers
from pipeline.errors import DatabaseError, KehoachError
from pipeline.ingest import Event, IngestReport, Rules, ingest
from pipeline.readers import Limits
from pipeline.readers.archive import documents
from pipeline.store import SaveOutcome, Store, open_store
from pipeline.store.writing import Reading

ROOT = Path(__file__).parents[2]
A = "1/KH-SYT|2022-03-17|Sở Y tế\n"
B = "2/KH-SYT|2022-03-17|Sở Y tế\n"
C = "3/KH-SYT|2022-03-17|Sở Y tế\n"
DRAFT = "bản thảo\n"
Outcomes = Callable[[IngestReport], dict[str, str]]


@pytest.mark.parametrize("count", [0, 2])
def test_a_batch_with_everything(desk: Desk, outcomes: Outcomes, count: int) -> None:
    desk.write(a=A, b=B, c=DRAFT, copy=A, no="refuse", raises="raise", exits="exit", secret="secret", below__c=C)
    report = desk.ingest(".", "nosuch.txt", workers=count)
    expected = {"a": "added", "b": "added", "c": "added", "copy": "attached"}
    failed = {
        "no": "encrypted",
        "raises": "unexpected",
        "exits": "unexpected",
        "secret": "classified",
        "nosuch": "missing",
    }
    assert outcomes(report) == expected | failed
    assert not report.ok
    raised = next(f for f in report.failed if Path(f.path).stem == "raises")
    assert "ZeroDivisionError: one by none" in raised.error.message("en")
    assert desk.plans() == {"a+copy=1/KH-SYT", "b=2/KH-SYT", "c=None", "c=3/KH-SYT"}
    assert {f["code"] for f in desk.written()["failures"]} == {"encrypted", "unexpected", "classified"}


@pytest.mark.parametrize("seconds", [-1, 3600], ids=["known by time", "too new to be known by time"])
@pytest.mark.parametrize("count", [0, pytest.param(2, marks=pytest.mark.slow)])
def test_reading_again_changes_nothing(
    desk: Desk, outcomes: Outcomes, monkeypatch: pytest.MonkeyPatch, count: int, seconds: int
) -> None:
    monkeypatch.setattr("pipeline.sources.document._SETTLED_SECONDS", seconds)
    desk.write(a=A + "9/2020/NĐ-CP", b=B, c=DRAFT, copy=A + "9/2020/NĐ-CP", no="refuse")
    desk.ingest(workers=count)
    before = desk.dump()
    written = desk.database.read_bytes()
    report = desk.ingest(workers=count)
    assert desk.database.read_bytes() == written
    assert outcomes(report) == {"a": "skipped", "b": "skipped", "c": "skipped", "copy": "skipped", "no": "encrypted"}
    assert desk.dump() == before


@pytest.mark.parametrize(
    ("before", "change", "expected"),
    [
        # Unchanged.
        ({"a": A}, {}, {"a": "skipped"}),
        # Another path, the same content.
        ({"a": A}, {"b": A}, {"a": "skipped", "b": "attached"}),
        # The same path, other content.
        ({"a": A}, {"a": A + "x"}, {"a": "replaced"}),
        ({"a": DRAFT}, {"a": DRAFT + "x"}, {"a": "replaced"}),
        ({"a": DRAFT}, {"a": B}, {"a": "replaced"}),
        # A changed copy is a plan of its own.
        ({"a": DRAFT, "b": DRAFT}, {"b": DRAFT + "x"}, {"a": "skipped", "b": "added"}),
        # Drafts never merge.
        ({"a": DRAFT}, {"b": DRAFT + "x"}, {"a": "skipped", "b": "added"}),
        # Another edition: more facts win.
        ({"a": A}, {"b": A + "x"}, {"a": "skipped", "b": "replaced"}),
        ({"a": A + "x"}, {"b": A}, {"a": "skipped", "b": "joined"}),
        # The winning edition became another plan: the other one is read again.
        ({"a": A + "x", "b": A}, {"a": B}, {"a": "added", "b": "replaced"}),
        # A file that could not be read is tried again.
        ({"a": "refuse"}, {}, {"a": "encrypted"}),
        ({"a": "refuse"}, {"a": A}, {"a": "added"}),
        # One that can't be read any more keeps what it gave.
        ({"a": A}, {"a": "refuse"}, {"a": "encrypted"}),
    ],
)
def test_a_second_run(
    desk: Desk, outcomes: Outcomes, before: dict[str, str], change: dict[str, str], expected: dict[str, str]
) -> None:
    desk.write(**before)
    desk.ingest()
    desk.write(**change)
    assert outcomes(desk.ingest()) == expected
    settled = desk.dump()
    desk.ingest()
    assert desk.dump() == settled


def test_a_failed_file_keeps_its_plan(desk: Desk) -> None:
    desk.write(a=A)
    desk.ingest()
    desk.write(a="refuse")
    desk.ingest()
    assert desk.plans() == {"a=1/KH-SYT"}


def test_what_waits_is_read_even_if_not_named(desk: Desk, outcomes: Outcomes) -> None:
    desk.write(a=A + "x", b=A)
    desk.ingest()
    desk.write(a=B)
    assert outcomes(desk.ingest("a.txt")) == {"a": "added", "b": "replaced"}
    assert desk.plans() == {"a=2/KH-SYT", "b=1/KH-SYT"}


def test_what_waits_and_is_gone_is_left(desk: Desk, outcomes: Outcomes) -> None:
    desk.write(a=A + "x", b=A)
    desk.ingest()
    desk.write(a=B)
    (desk.root / "b.txt").unlink()
    assert outcomes(desk.ingest()) == {"a": "added"}
    assert desk.plans() == {"a=2/KH-SYT", "b=1/KH-SYT"}


def test_newer_rules_read_again(desk: Desk, outcomes: Outcomes) -> None:
    desk.write(a=A, copy=A, b=B)
    desk.ingest()
    newer = Rules(partial(read_fake, version="rules-2"), "rules-2")
    assert outcomes(desk.ingest(rules=newer)) == {"a": "replaced", "b": "replaced", "copy": "skipped"}
    assert {f["extractor_version"] for f in desk.written()["files"]} == {"rules-2"}
    assert outcomes(desk.ingest(rules=newer)) == {"a": "skipped", "b": "skipped", "copy": "skipped"}


def test_classified_papers_only_when_asked(desk: Desk, outcomes: Outcomes) -> None:
    desk.write(secret="secret")
    assert outcomes(desk.ingest()) == {"secret": "classified"}
    assert outcomes(desk.ingest(allow_classified=True)) == {"secret": "added"}
    assert desk.written()["failures"] == []


def test_a_copy_of_a_file_that_fails_fails_too(desk: Desk, outcomes: Outcomes) -> None:
    desk.write(a="refuse", b="refuse")
    assert outcomes(desk.ingest()) == {"a": "encrypted", "b": "encrypted"}


@pytest.mark.parametrize("count", [0, pytest.param(2, marks=pytest.mark.slow)])
def test_a_plan_that_the_tables_refuse_is_reported(desk: Desk, outcomes: Outcomes, count: int) -> None:
    desk.write(a=A, and_=C, bad="surrogate", twice=f"{B}x\nx\ny|z")
    expected = {"a": "added", "and_": "added", "bad": "unexpected", "twice": "added"}
    assert outcomes(desk.ingest(workers=count)) == expected


def test_any_order_gives_the_same_database(desk: Desk) -> None:
    desk.write(a=A + "9/QĐ-BYT", b=A, c=DRAFT, d=DRAFT, e=B + "9/QĐ-BYT", f="refuse")
    seen = None
    for order in itertools.islice(itertools.permutations("abcdef"), 0, 720, 97):
        desk.database.unlink(missing_ok=True)
        for name in order:
            desk.ingest(f"{name}.txt")
        assert seen in (None, desk.written())
        seen = desk.written()
    desk.database.unlink()
    desk.ingest()
    assert desk.written() == seen


def test_a_history_of_changes_ends_as_a_new_database(desk: Desk) -> None:
    """Files are written, changed and read at random; in the end only what the files now say is there."""
    dice = random.Random(463)
    contents = [A, A + "x", A + "x\ny", B, B + "x", C]
    for _ in range(40):
        desk.write(**{name: dice.choice(contents) for name in dice.sample("abcd", 2)})
        desk.ingest(*(f"{name}.txt" for name in dice.sample("abcd", 3) if (desk.root / f"{name}.txt").exists()))
    desk.ingest()
    assert desk.ingest().done == ()
    after = desk.written()
    desk.database.unlink()
    desk.ingest()
    assert after == desk.written()


def test_events(desk: Desk) -> None:
    desk.write(a=A, b="refuse", c=A)
    events: list[Event] = []
    desk.ingest(".", "nosuch", on_event=events.append)
    said = [(e.kind, Path(e.path).stem, e.finished, e.total) for e in events]
    assert said == [
        ("failed", "nosuch", 1, 4),
        ("started", "a", 1, 4),
        ("done", "a", 2, 4),
        ("started", "b", 2, 4),
        ("failed", "b", 3, 4),
        ("skipped", "c", 4, 4),
    ]


@pytest.mark.parametrize(("names", "together"), [("abcdefgh", 3), ("abcdefgh", 64), ("a", 64)])
def test_plans_that_come_fast_are_saved_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, names: str, together: int
) -> None:
    monkeypatch.setattr(module, "TOGETHER", together)
    saved: list[int] = []
    save_all = Store.save_all

    def counted(store: Store, readings: Sequence[Reading]) -> list[SaveOutcome]:
        saved.append(len(readings))
        return save_all(store, readings)

    monkeypatch.setattr(Store, "save_all", counted)
    desk.write(**{name: f"{n}/KH-SYT|2022-03-17|Sở Y tế\n" for n, name in enumerate(names, 1)})
    told: list[tuple[str, int]] = []
    desk.ingest(on_event=lambda event: told.append((Path(event.path).stem, sum(saved))) if event.result else None)
    assert sum(saved) == len(names) and max(saved) <= together
    assert [name for name, _ in told] == list(names)
    assert all(n <= there for n, (_, there) in enumerate(told, 1))  # nothing is told before it is saved


@pytest.mark.parametrize("end", [KeyboardInterrupt, DatabaseError("database_failed", "x", reason="")])
def test_what_was_read_is_saved_when_the_run_ends_early(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, end: BaseException
) -> None:
    def three(*_: object, **__: object) -> Iterator[tuple[str, object]]:
        for name in "abc":
            path = (desk.root / f"{name}.txt").as_posix()
            yield path, read_fake(path, allow_classified=False)
        raise end

    monkeypatch.setattr(module, "run", three)
    desk.write(a=A, b=B, c=C)
    with pytest.raises(BaseException) as raised:
        desk.ingest()
    assert raised.value is end or raised.type is end
    assert desk.plans() == {"a=1/KH-SYT", "b=2/KH-SYT", "c=3/KH-SYT"}


def test_nothing_at_all(desk: Desk) -> None:
    report = ingest([], desk.database, rules=RULES)
    assert report.ok and not report.done


def test_a_database_that_can_not_be_used_ends_it(desk: Desk) -> None:
    desk.write(a=A)
    with pytest.raises(DatabaseError):
        ingest([desk.root], desk.root / "a.txt", rules=RULES)
    with pytest.raises(DatabaseError):
        ingest([desk.root], desk.root / "a.txt" / "kehoach.db", rules=RULES)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([], 0),
        ([("a.txt", 20_000, True)] * 17, 0),
        ([("a.txt", 20_000, True)] * 200, 2),
        ([("a.txt", 3_000_000, True)], 1),
        # What is no plain text may hang or die, whatever its name and size.
        ([("a.PDF", 4_000, False), ("b.txt", 2_000, True)], 1),
        ([("a.txt", 4_000, False)], 1),
        ([("a.docx", 4_000, False), ("b.png", 10, False)], 1),
        ([("a.pdf", 400_000, False), ("b.pdf", 200_000, False)], 2),
    ],
)
def test_when_workers_are_worth_it(
    monkeypatch: pytest.MonkeyPatch, files: list[tuple[str, int, bool]], expected: int
) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 2)
    assert workers.workers_for(files) == expected


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="has no kill -9")
@pytest.mark.parametrize("count", [0, 2])
def test_a_killed_ingest_leaves_whole_plans_and_can_go_on(desk: Desk, count: int) -> None:
    names = [f"p{n:02}" for n in range(12)]
    slow = {f"p{n:02}{i}": "slow" + "\n" * (4 * n + i) for n in (5, 8) for i in range(4)}  # longer than plans wait
    desk.write(**{n: f"{n}/KH-SYT|2022-03-17|Sở Y tế\n1/QĐ-BYT\n{n}/QĐ-BYT" for n in names}, **slow)
    script = (
        "import sys; from pathlib import Path; from ingest.fake import RULES; from pipeline.ingest import ingest\n"
        "def tell(event): print(event.kind, event.path, flush=True)\n"
        "if __name__ == '__main__': ingest([sys.argv[1]], sys.argv[2], workers=int(sys.argv[3]), rules=RULES, on_event=tell)\n"
    )
    runner = desk.root / "runner.py"
    runner.write_text(script, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    command = [sys.executable, str(runner), str(desk.root), str(desk.database), str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith("done") and "p04" in line:
                break
        time.sleep(0.05)
        child.kill()
    assert child.returncode == -9
    with open_store(desk.database) as store:
        saved = desk.plans()
        assert 5 <= len(saved) < len(names) + len(slow)
        for plan in saved:
            code = plan.split("=")[1]
            if code == "None":  # a slow one that was done in time
                continue
            assert [r.code for r in store.load(code).references] == ["1/QĐ-BYT", f"{code.split('/')[0]}/QĐ-BYT"]
    assert desk.ingest(workers=0).ok
    after = desk.written()
    desk.database.unlink()
    desk.ingest(workers=0)
    assert after == desk.written()


def test_failures_cross_processes() -> None:
    error = KehoachError("unexpected", "a.txt", reason="x")
    assert str(workers._guarded(lambda path: (_ for _ in ()).throw(error), "a.txt")) == str(error)


def test_what_failed_is_read_again_when_asked(desk: Desk, outcomes: Outcomes) -> None:
    desk.write(a=A, b="refuse", c="secret")
    desk.ingest()
    assert outcomes(desk.ingest("a.txt")) == {"a": "skipped"}
    desk.write(b=B)
    assert outcomes(ingest_again(desk)) == {"b": "added", "c": "classified"}
    assert outcomes(ingest_again(desk, "b.txt", allow_classified=True)) == {"b": "skipped", "c": "added"}
    assert desk.written()["failures"] == []
    assert outcomes(ingest_again(desk)) == {}


def test_a_failed_file_that_is_gone_is_told_and_can_be_forgotten(desk: Desk, outcomes: Outcomes) -> None:
    desk.write(b="refuse", kept=A)
    desk.ingest()
    desk.write(kept="refuse")
    desk.ingest()
    (desk.root / "b.txt").unlink()
    report = ingest_again(desk)
    assert [f.code for f in report.failed] == ["missing", "encrypted"]
    with open_store(desk.database) as store:
        assert [(Path(f.path).name, f.code) for f in store.failures()] == [
            ("b.txt", "missing"),
            ("kept.txt", "encrypted"),
        ]
        assert all(f.since and f.since.tzinfo for f in store.failures())
        for name in ("b.txt", "kept.txt"):
            path = (desk.root / name).as_posix()
            assert store.forget_failure(path) == path
            with pytest.raises(KehoachError, match="failures"):
                store.forget_failure(path)
        assert store.failures() == []
    assert ingest_again(desk).failed == ()
    assert desk.plans() == {"kept=1/KH-SYT"}  # what it gave before stays
    assert outcomes(desk.ingest()) == {"kept": "encrypted"}


def test_plans_that_wait_for_recognition_are_read_again(
    desk: Desk, outcomes: Outcomes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.readers.ocr import engine

    desk.write(a=A, scan="scan")
    write(desk.root / "a.zip", zipped({"b.txt": B, "scan 2.txt": "scan\n"}))
    monkeypatch.delenv("FAKE_TESSERACT", raising=False)
    desk.ingest()
    monkeypatch.setattr(engine, "find_engine", lambda: engine.Missing("ocr_missing"))
    assert outcomes(ingest_again(desk)) == {}  # it would be the same again
    monkeypatch.setattr(engine, "find_engine", lambda: engine.Engine("tesseract", "5", turns=True))
    monkeypatch.setenv("FAKE_TESSERACT", "1")
    assert outcomes(ingest_again(desk)) == {"scan": "replaced", "scan 2": "replaced"}
    assert outcomes(ingest_again(desk, ".")) == dict.fromkeys(("a", "b", "scan", "scan 2"), "skipped")


def test_an_archive_beyond_its_limits_is_opened_whole_when_read_again(
    desk: Desk, outcomes: Outcomes, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(desk.root / "a.zip", zipped({"a.txt": A, "b.txt": B, "c.txt": C}))
    monkeypatch.setattr(module, "documents", partial(documents, limits=Limits(members=1)))
    assert outcomes(desk.ingest()) == {"a": "added", "b": "archive_too_many"}
    monkeypatch.undo()
    assert outcomes(ingest_again(desk)) == {"a": "skipped", "b": "added", "c": "added"}
    assert desk.written()["failures"] == []


def ingest_again(desk: Desk, *names: str, **options: bool) -> IngestReport:
    """Reads what failed, and these files."""
    return ingest([desk.root / name for name in names], desk.database, retry_failed=True, rules=RULES, **options)
