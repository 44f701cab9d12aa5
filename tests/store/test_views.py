"""The views for dashboards against the answers that the program gives, on the sample plans."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from data import load
from pipeline.extract import extract_file
from pipeline.store import Store
from pipeline.store.comparing import Compared, compare
from pipeline.store.documents import catalogue
from pipeline.store.queries import deadlines

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "plans"
INDICATORS = {record["id"]: record for record in load("indicators")["indicators"]}


@pytest.fixture
def samples(store: Store) -> Store:
    for path in sorted(SAMPLES.glob("*.txt")):
        store.save(*extract_file(path))
    store.settle()
    return store


def by_the_catalogue(found: Compared) -> bool:
    """Whether what most provinces have is what the catalogue says: the view knows nothing else."""
    record = INDICATORS[found.indicator]
    wrong = ("<=", "<") if record.get("direction") == "higher" else (">=", ">")
    ranked = [row for row in found.rows if row.rank is not None]
    usual = found.unit == record.get("unit") and found.subject == record.get("subject")
    return usual and not any(row.change or row.comparator in wrong for row in ranked)


def test_v_compare_ranks_as_compare_does(samples: Store) -> None:
    compared = 0
    with samples.reading() as connection:
        years = connection.execute(text("SELECT DISTINCT indicator_id, year FROM v_compare WHERE year IS NOT NULL"))
        for indicator, year in years.all():
            query = text("SELECT * FROM v_compare WHERE indicator_id = :indicator AND year = :year")
            rows = connection.execute(query, {"indicator": indicator, "year": year}).all()
            viewed = {(r.plan, r.target): (r.rank, r.value if r.rank else None, r.apart) for r in rows}
            found = compare(connection, indicator, year=year)
            assert found is not None
            asked = {
                (r.plan.key, r.id): (r.rank, r.value, r.reason)
                for r in found.rows
                if r.year == year and r.indicator_id == indicator
            }
            assert asked.keys() == viewed.keys()
            if by_the_catalogue(found):
                assert viewed == asked, (indicator, year)
                compared += len(viewed)
    assert compared >= 25


def test_v_deadlines_names_the_work_that_the_answers_name(samples: Store) -> None:
    with samples.reading() as connection:
        listed = {(row.plan.key, row.id): row for row in deadlines(connection)}
        viewed = {(row.plan, row.deadline): row for row in connection.execute(text("SELECT * FROM v_deadlines"))}
    assert viewed.keys() == listed.keys()
    for key, row in listed.items():
        assert viewed[key].work == (row.work[0] if row.work else None), row.text
    by_place = [row for row in listed.values() if row.work and not row.tasks]
    assert by_place and any(not row.work for row in listed.values())


def test_v_catalogue_counts_as_the_catalogue_does(samples: Store) -> None:
    with samples.reading() as connection:
        viewed = {row.document: row for row in connection.execute(text("SELECT * FROM v_catalogue"))}
        listed = {row.key: row for row in catalogue(connection)}
    assert viewed.keys() == listed.keys()
    for key, row in listed.items():
        view = viewed[key]
        assert (view.mentions, view.plans, view.provinces) == (row.mentions, len(row.plans), row.provinces)
        assert (view.first_cited, view.last_cited, view.status, view.status_by) == (
            row.first_cited,
            row.last_cited,
            row.status,
            row.status_by,
        )
        changes = sum(row.relations.get(kind, 0) for kind in ("amends", "replaces", "repeals"))
        assert (view.as_basis, view.as_changed) == (row.relations.get("basis", 0), changes)
        assert bool(view.conflict) == bool(row.warnings)
