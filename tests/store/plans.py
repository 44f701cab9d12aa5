"""Plans made by hand, and a database written down so that two can be compared."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from models import tables as t
from models.plan import (
    Baseline,
    Context,
    Deadline,
    Metadata,
    Plan,
    PlanWarning,
    Reference,
    SectionFact,
    SourceInfo,
    Span,
    TableFact,
    Target,
    Task,
)
from models.text import Box
from pipeline.resolve.documents import resolve_references
from pipeline.store import Store, queries
from pipeline.store.documents import catalogue

VERSION = "rules-1"
TEXT = "Kế hoạch công tác y tế\r\nI. MỤC ĐÍCH\n" + "nội dung " * 40


def sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def source(path: str = "/plans/a.txt", content: str = "content", version: str = VERSION) -> SourceInfo:
    return SourceInfo(
        path=path,
        sha256=sha256(content),
        media_type="text/plain",
        pages=None,
        reader="plain",
        ocr=False,
        text_chars=len(TEXT),
        text_sha256=sha256(TEXT),
        extractor_version=version,
    )


def metadata(code: str | None = "463/KH-SYT", date: str | None = "2022-03-17", **fields: Any) -> Metadata:
    number, symbol = code.split("/", 1) if code else (None, None)
    values = {"doc_type": "KH", "issuer": "Sở Y tế tỉnh Quảng Ngãi", "province": "Quảng Ngãi", **fields}
    return Metadata(**{"number": number, "symbol": symbol, "code": code, "issue_date": date, **values})


DRAFT: dict[str, Any] = {"code": None, "date": "2022"}


def plan(
    path: str = "/plans/a.txt",
    content: str = "content",
    *,
    version: str = VERSION,
    meta: Metadata | None = None,
    warnings: int = 0,
    **facts: Any,
) -> Plan:
    """A plan of one file; `facts` are tuples of `Plan`'s fields, `warnings` only how many."""
    notes = tuple(PlanWarning(code="letterhead_lost", message=f"ghi chú {i}") for i in range(warnings))
    return Plan(source=source(path, content, version), metadata=meta or metadata(), warnings=notes, **facts)


def reference(
    code: str = "1274/QĐ-UBND", date: str | None = None, issuer: str | None = "UBND tỉnh Quảng Ngãi", **fields: Any
) -> Reference:
    """A mention of a document, with the key that it gets when it is resolved."""
    values = {"text": f"Quyết định số {code}", "span": Span(0, 10), "code": code, "date": date, "issuer": issuer}
    (resolved,), _ = resolve_references((Reference(**values),), Context(metadata=Metadata()))
    known = {"document_key": resolved.document_key, "id": f"r-{sha256(f'{values}{fields}')[:6]}"}
    return Reference(**{**values, **known, **fields})


def deadline(id: str = "d1", **fields: Any) -> Deadline:
    values = {"text": "trước ngày 31/3", "span": Span(5, 20), "kind": "recurring" if "rrule" in fields else "deadline"}
    return Deadline(id=id, **{**values, **fields})


def target(id: str = "t1", **fields: Any) -> Target:
    return Target(id=id, **{"text": "đạt 95%", "span": Span(5, 12), "comparator": "=", **fields})


_BOXES = (Box(page=2, x0=10.5, y0=20, x1=110.25, y1=32), Box(page=3, x0=10, y0=20, x1=90, y1=32))

FULL = Plan(
    schema_version="1.1",
    source=SourceInfo(
        path="/plans/quý I.pdf",
        sha256=sha256("full"),
        media_type="application/pdf",
        pages=3,
        reader="pdf",
        ocr=True,
        ocr_confidence=0.93,
        text_chars=len(TEXT),
        text_sha256=sha256(TEXT),
        extractor_version=VERSION,
    ),
    metadata=Metadata(
        doc_type="KH",
        number="07",
        symbol="KH-SYT",
        code="07/KH-SYT",
        issue_date="2023-01-09",
        place="Lai Châu",
        issuer="Sở Y tế tỉnh Lai Châu",
        province="Lai Châu",
        title="công tác y tế năm 2023",
        period_start="2023-01-01",
        period_end="2023-12-31",
        signer_name="Nguyễn Văn A",
        signer_position="PHÓ GIÁM ĐỐC",
        signer_authority="KT. GIÁM ĐỐC",
        recipients=("- Bộ Y tế (b/c);", "- Lưu: VT."),
        confidence=0.75,
    ),
    sections=(
        SectionFact(
            id="s1",
            parent=None,
            path="I",
            marker="I",
            level=1,
            heading="MỤC ĐÍCH, YÊU CẦU",
            heading_span=Span(24, 36),
            span=Span(24, 200),
            roles=("purpose", "requirements"),
        ),
        SectionFact(
            id="s2",
            parent="s1",
            path="I.1",
            marker="1",
            level=2,
            heading="Chỉ tiêu",
            heading_span=Span(40, 50),
            span=Span(40, 200),
            roles=("targets",),
        ),
        SectionFact(
            id="s3",
            parent=None,
            path=None,
            marker=None,
            level=1,
            heading=None,
            heading_span=None,
            span=Span(200, 210),
            roles=("signature",),
        ),
    ),
    references=(
        Reference(
            id="r1",
            text="điểm a khoản 2 Điều 5 Thông tư số 15/2019/TT-BYT",
            span=Span(60, 108),
            page=2,
            section="s2",
            type="TT",
            number="15",
            year=2019,
            symbol="TT-BYT",
            code="15/2019/TT-BYT",
            name="Thông tư đấu thầu thuốc",
            date="2019-07",
            issuer="Bộ Y tế",
            title="quy định việc đấu thầu thuốc",
            relation="amends",
            object="07/2018/TT-BYT",
            provision="điểm a khoản 2 Điều 5",
            document_key="15/2019/TT-BYT",
            boxes=_BOXES,
            confidence=0.5,
        ),
        Reference(id="r2", text="Luật Dược", span=Span(110, 119), name="Luật Dược"),
    ),
    deadlines=(
        Deadline(
            id="d1",
            text="từ tháng 2 đến ngày 20/12",
            span=Span(120, 140),
            page=1,
            section="s1",
            kind="recurring",
            bound="between",
            start_date="2023-02-01",
            end_date="2023-12-20",
            precision="day",
            rrule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20",
            anchor="issue_date",
            offset="P10D",
            offset_unit="workday",
            approximate=True,
            responsible="Phòng Nghiệp vụ Y",
            recipient="SỞ Y TẾ (qua Văn phòng)",
            tasks=("k2", "k1"),
            boxes=_BOXES[:1],
            confidence=0.25,
        ),
    ),
    targets=(
        Target(
            id="t1",
            text="tăng từ 90,5% năm 2022 lên khoảng 92-95%",
            span=Span(150, 170),
            page=3,
            section="s2",
            indicator="tỷ lệ tiêm chủng",
            indicator_id="TC01",
            subject="trẻ dưới 1 tuổi",
            comparator="range",
            low=92,
            high=95.5,
            unit="%",
            approximate=True,
            baseline=Baseline(words="90,5% năm 2022", value=90.5, year=2022),
            change="increase",
            period_start="2023-01-01",
            period_end="2023-12-31",
            boxes=_BOXES,
            confidence=0.9,
        ),
        Target(id="t2", text="trong đó 20%", span=Span(172, 180), comparator=">=", low=20, part_of="t1"),
        Target(
            id="t3", text="tăng 3%", span=Span(181, 185), comparator="=", baseline=Baseline(words="so với năm trước")
        ),
    ),
    tasks=(
        Task(
            id="k1",
            text="Tổ chức tiêm chủng",
            span=Span(190, 200),
            section="s1",
            lead=("Phòng Nghiệp vụ Y", "Sở Y tế"),
            support=("CDC",),
            deadline="d1",
        ),
        Task(id="k2", text="Báo cáo", span=Span(201, 205)),
    ),
    tables=(
        TableFact(
            id="b1",
            page=2,
            section="s2",
            caption="Bảng 1",
            columns=("TT", "Nội dung"),
            rows=(("1", "Khám bệnh"), ("2", "")),
        ),
    ),
    warnings=(
        PlanWarning(code="letterhead_lost", message="Mất phần đầu: số.", span=Span(0, 4), values={"fields": "số"}),
        PlanWarning(code="other", message="Không có chỗ"),
    ),
)
"""Every field of every fact has a value of its own somewhere in here; `test_roundtrip` holds it to that."""


def write_down(store: Store) -> dict[str, Any]:
    """What the database says, without row numbers and the times of reading."""
    with store.reading() as connection:
        rows = queries.plans(connection)
        documents = catalogue(connection)
        sources = connection.execute(select(t.SourceFile).order_by(t.SourceFile.path)).mappings().all()
        keys = {row.id: row.key for row in connection.execute(select(t.Plan.id, t.Plan.key))}
        by = aliased(t.Document)
        linked = (
            select(t.Document.key, t.Document.stale, t.Document.mentions, t.Document.plans, t.Document.provinces)
            .add_columns(t.Document.first_cited, t.Document.last_cited, t.Document.status, t.Document.status_since)
            .add_columns(by.key.label("by"), t.Plan.key.label("plan"))
            .outerjoin(by, t.Document.status_by_id == by.id)
            .outerjoin(t.Plan, t.Document.plan_id == t.Plan.id)
            .order_by(t.Document.key)
        )
        other = aliased(t.Plan)
        links = (
            select(t.Plan.key, t.PlanLink.kind, other.key)
            .join(t.PlanLink, t.PlanLink.plan_id == t.Plan.id)
            .join(other, t.PlanLink.other_id == other.id)
        )
        relation = t.DocumentRelation
        relations = (
            select(t.Document.key, relation.relation, relation.mentions, relation.plans)
            .join(t.Document, relation.document_id == t.Document.id)
            .order_by(t.Document.key, relation.relation)
        )
        return {
            "plans": [msgspec.to_builtins(row) for row in rows],
            "facts": {row.plan.key: (store.load(row.plan.key), store.text(row.plan.key)) for row in rows},
            "catalogue": msgspec.to_builtins(documents),
            "documents": [tuple(row) for row in connection.execute(linked)],
            "links": sorted(tuple(row) for row in connection.execute(links)),
            "relations": [tuple(row) for row in connection.execute(relations)],
            "files": [
                {name: value for name, value in row.items() if name not in ("id", "seen_at", "mark", "plan_id")}
                | {"plan": keys.get(row["plan_id"])}
                for row in sources
            ],
            "organisations": sorted(connection.execute(select(t.Organisation.name)).scalars()),
            "provinces": sorted(
                tuple(row)
                for row in connection.execute(
                    select(t.Province.name, t.Province.scheme, t.Province.code)
                    .join(t.Plan, t.Plan.province_id == t.Province.id)
                    .distinct()
                )
            ),
            "failures": [
                {name: value for name, value in row.items() if name not in ("since", "waits_for")}
                for row in msgspec.to_builtins(queries.failures(connection))
            ],
            "indicators": sorted(connection.execute(select(t.Measure.indicator_id).distinct()).scalars(), key=str),
        }


def dump(store: Store) -> dict[str, list[Any]]:
    """Every row of every table, as it is. Only the marks of files are left out: one that was just written gets its mark
    when it is seen again, since it could still change within the tick of its clock."""
    with store.reading() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(*(c for c in table.columns if c.name != "mark")))))
            for table in t.Base.metadata.sorted_tables
        }
