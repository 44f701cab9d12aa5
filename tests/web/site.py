"""A dashboard that is served, and plans that say different things about documents."""

from __future__ import annotations

from models.plan import Span
from pipeline.store import open_store
from tests.store.plans import TEXT, metadata, plan, reference

TITLE = "phòng chống bệnh dại trên người"
DISPUTED = (
    # the plan, the document that it cites, its day and title
    ("801", "12/QĐ-UBND", "2021-01-02", None),
    ("802", "12/QĐ-UBND", "2021-01-03", None),
    ("803", "12/QĐ-UBND", "2021-01-03", None),
    ("804", "15/QĐ-UBND", "2021-06-07", TITLE),
    ("805", "15/QĐ-UBND", "2022-06-07", TITLE),
)
TWO_DAYS, OF_2021, OF_2022 = (
    f"{code} | UBND tỉnh Quảng Ngãi | {year}"
    for code, year in (("12/QĐ-UBND", 2021), ("15/QĐ-UBND", 2021), ("15/QĐ-UBND", 2022))
)


class Site:
    """A dashboard that is served, and its database."""

    def __init__(self, address: str, db: str) -> None:
        self.address = address
        self.db = db

    def key(self, code: str) -> str:
        with open_store(self.db) as store:
            return store.find(code).key


def dispute(db: str) -> None:
    """Saves plans of which some cite one document with two days, and some two that may be one."""
    with open_store(db) as store:
        for number, code, day, title in DISPUTED:
            cited = reference(
                code, day, type="QĐ", title=title, id="r0", span=Span(0, 10), relation="basis",
                text=f"Quyết định số {code} ngày {day} của UBND tỉnh Quảng Ngãi",
            )  # fmt: skip
            meta = metadata(f"{number}/KH-SYT", f"2023-05-{number[1:]}")
            store.save(plan(number, number, meta=meta, references=(cited,)), TEXT)
        store.settle()
