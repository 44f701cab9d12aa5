"""All tables as files, read back by other programs."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select, text

from data import load
from models.plan import Span, Task
from models.tables import Base
from pipeline.errors import KehoachError
from pipeline.ingest import ingest
from pipeline.store import Store, open_store
from pipeline.store import export as module
from pipeline.store.database import writing
from pipeline.store.export import DICTIONARY, LEFT_OUT, Format, _view_query, dictionary, export, view_dictionary
from pipeline.store.objects import VIEWS, columns_of
from pipeline.store.review import decide_fact

from .plans import FULL, TEXT, metadata, plan

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1")
TABLES = {table.name: table for table in Base.metadata.sorted_tables}
EXPORTED = [name for name in TABLES if name not in LEFT_OUT]


@pytest.fixture
def filled(store: Store) -> Store:
    tasks = tuple(Task(id=f"k{i}", text=words, span=Span(0, 9)) for i, words in enumerate(FORMULAS))
    store.save(FULL, TEXT)
    store.save(plan("/plans/b.txt", "b", meta=metadata("9/KH-SYT"), tasks=tasks), TEXT + "dài " * 10_000)
    store.settle()
    return store


def written(store: Store, folder: Path, form: Format, **options: Any) -> dict[str, int]:
    with store.reading() as connection:
        found = export(connection, folder, form, **options)
        named = [*EXPORTED, *(VIEWS if options.get("views") else ())]
        counts = {n: connection.execute(select(func.count()).select_from(text(n))).scalar() for n in named}
    assert found == counts
    assert [p.name for p in folder.parent.iterdir() if p.name.endswith(".tmp")] == []
    return found


@pytest.mark.parametrize("line", dictionary(), ids=lambda line: f"{line.table}.{line.column}")
def test_every_column_says_what_it_means(line: module.Described) -> None:
    assert line.meaning_vi and line.meaning_en
    assert line.heading_vi and line.heading_vi != line.column
    assert line.table_vi != line.table and len(line.table_vi) <= 28


def test_the_dictionary_names_no_column_that_is_not_there() -> None:
    known = load("dictionary")
    used = {line.column for line in dictionary()}
    assert set(known["common"]) <= used
    assert set(known["tables"]) == set(TABLES)
    for name, columns in known["tables"].items():
        assert set(columns) - {"names"} <= set(TABLES[name].columns.keys())
        headings = [line.heading_vi for line in dictionary() if line.table == name]
        assert len(headings) == len(set(headings)), name
    assert len({names["names"][0] for names in known["tables"].values()}) == len(TABLES)


def test_every_column_of_every_view_says_what_it_means(store: Store) -> None:
    known = load("dictionary")["views"]
    with store.reading() as connection:
        views = view_dictionary(connection)
        assert {view: [line.column for line in lines] for view, lines in views.items()} == {
            view: columns_of(connection, view) for view in VIEWS
        }
    assert set(known) == {*VIEWS, "common"}
    used = {line.column for lines in views.values() for line in lines}
    assert set(known["common"]) <= used
    for view, lines in views.items():
        assert set(known[view]) - {"names", "of"} <= {line.column for line in lines}
        assert len({line.heading_vi for line in lines}) == len(lines), view
        for line in lines:
            assert line.meaning_vi and line.meaning_en and line.heading_vi != line.column, (view, line.column)
    names = [known[view]["names"] for view in VIEWS]
    assert all(len(name[0]) <= 28 and len(name) == 3 for name in names)
    titles = {names["names"][0] for names in load("dictionary")["tables"].values()}
    assert len({name[0] for name in names} - titles) == len(VIEWS)


@pytest.mark.parametrize("form", ["xlsx", "csv", "json", "parquet"])
def test_views_are_exported_with_their_types(filled: Store, tmp_path: Path, form: Format) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow.parquet", reason="pyarrow comes with the extra export")
    counts = written(filled, tmp_path / "out", form, views=True)
    assert counts["v_plan_summary"] == 2 and counts["v_deadlines"] and counts["v_targets"] == 3
    if form == "json":
        lines = (tmp_path / "out" / "v_deadlines.jsonl").read_text(encoding="utf-8").splitlines()
        assert json.loads(lines[0])["day"] == "2023-12-20" and json.loads(lines[0])["approximate"] is True


SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "plans"
VALUES: dict[str, tuple[type, ...]] = {
    "text": (str,), "boolean": (bool,), "integer": (int,), "number": (float, int), "date": (dt.date,),
    "moment": (dt.datetime,), "json": (list, dict),
}  # fmt: skip


@pytest.fixture
def samples(url: str) -> Iterator[Store]:
    """A database of all samples, of which a person decided something."""
    assert ingest([SAMPLES], url, workers=1).ok
    with open_store(url) as store:
        with store.reading() as connection:
            find = "SELECT plan, {fact} FROM {view} ORDER BY plan, {fact} LIMIT 1"
            facts = [
                tuple(connection.execute(text(find.format(fact=fact, view=view))).one())
                for fact, view in (("deadline", "v_deadlines"), ("target", "v_compare"))
            ]
        with writing(store.engine) as connection:
            for key, fact in facts:
                decide_fact(connection, key, fact, "accept", by="Lan")
        store.decide_date("568/QĐ-TTg", dt.date(2023, 5, 24), by="Lan")
        store.settle()
        yield store


def test_all_views_of_the_samples_are_exported_with_their_types(samples: Store, tmp_path: Path) -> None:
    with samples.reading() as connection:
        for view, lines in view_dictionary(connection).items():
            found = connection.execute(_view_query(view, lines)).all()
            kinds = {line.column: {type(row[at]) for row in found} - {type(None)} for at, line in enumerate(lines)}
            wrong = {line.column: kinds[line.column] for line in lines if kinds[line.column] - {*VALUES[line.type]}}
            assert not wrong, (view, wrong)
            assert found
            if "checked_at" in kinds:
                assert kinds["checked_at"] == {dt.datetime}, view
    for form in ("xlsx", "csv", "json", "parquet"):
        if form != "parquet" or find_spec("pyarrow"):
            written(samples, tmp_path / form, form, views=True)
    with (tmp_path / "csv" / "v_citations.csv").open(encoding="utf-8", newline="") as file:
        lags = [row["lag_days"] for row in csv.DictReader(file) if row["lag_days"]]
    assert {"936", "975"} <= {*lags}
    if find_spec("pyarrow"):
        import pyarrow.parquet as pq

        whole = pq.read_table(tmp_path / "parquet" / "v_citations.parquet").column("lag_days").to_pylist()
        assert [str(lag) for lag in whole if lag is not None] == lags


def test_a_workbook_has_a_sheet_for_each_table(filled: Store, tmp_path: Path) -> None:
    counts = written(filled, tmp_path / "out", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out" / "kehoach.xlsx")
    titles = {line.table: line.table_vi for line in dictionary()}
    assert book.sheetnames == ["Từ điển dữ liệu", *(titles[name] for name in EXPORTED)]
    for name, count in counts.items():
        sheet = book[titles[name]]
        assert sheet.max_row == count + 1
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
        assert [cell.value for cell in sheet[1]] == [line.heading_vi for line in dictionary() if line.table == name]
    tasks = book["Nhiệm vụ"]
    column = [cell.value for cell in tasks[1]].index("Nguyên văn")
    cells = [row[column] for row in tasks.iter_rows(min_row=2) if row[column].value in FORMULAS]
    assert len(cells) == len(FORMULAS)
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    assert max(len(row[1].value) for row in book["Văn bản kế hoạch"].iter_rows(min_row=2)) <= 32_767


def test_more_rows_than_a_sheet_has_go_on_in_another(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SHEET_ROWS", 4)
    count = written(filled, tmp_path / "out", "xlsx")["tasks"]
    book = openpyxl.load_workbook(tmp_path / "out" / "kehoach.xlsx")
    parts = [book[name] for name in book.sheetnames if name == "Nhiệm vụ" or name.startswith("Nhiệm vụ (")]
    assert len(parts) > 1 and sum(part.max_row - 1 for part in parts) == count


@pytest.mark.parametrize("bom", [False, True])
def test_csv_runs_no_formula(filled: Store, tmp_path: Path, bom: bool) -> None:
    counts = written(filled, tmp_path / "out", "csv", bom=bom)
    for name in (*counts, DICTIONARY):
        raw = (tmp_path / "out" / f"{name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf") == bom
    with (tmp_path / "out" / "tasks.csv").open(encoding="utf-8-sig", newline="") as file:
        words = {row["text"] for row in csv.DictReader(file)}
    assert {f"'{formula}" for formula in FORMULAS} <= words


def test_json_has_the_values(filled: Store, tmp_path: Path) -> None:
    written(filled, tmp_path / "out", "json")
    lines = (tmp_path / "out" / "deadlines.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["start_date"] for line in lines] == ["2023-02-01"]
    assert json.loads(lines[0])["boxes"][0]["page"] == 2


def test_parquet_has_types_and_meanings(filled: Store, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow comes with the extra export")
    counts = written(filled, tmp_path / "out", "parquet")
    for name, count in counts.items():
        assert pq.read_table(tmp_path / "out" / f"{name}.parquet").num_rows == count
    schema = pq.read_schema(tmp_path / "out" / "deadlines.parquet")
    assert str(schema.field("end_date").type) == "date32[day]"
    assert schema.field("rrule").metadata[b"description"]


def test_parquet_without_its_package(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(KehoachError, match=r"kehoach\[export\]"):
        written(filled, tmp_path / "out", "parquet")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_the_same_database_gives_the_same_files(filled: Store, tmp_path: Path, form: Format) -> None:
    folder = tmp_path / "out"
    written(filled, folder, form)
    (folder / "other.txt").write_text("stays", encoding="utf-8")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    written(filled, folder, form)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_what_fails_half_way_changes_nothing(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    written(filled, folder, "csv")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}

    def fails(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(module, "in_utc", fails)
    filled.fail("/plans/c.txt", KehoachError("empty", "/plans/c.txt"))
    with pytest.raises(OSError, match="no room"):
        written(filled, folder, "csv")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["out"]
