"""Plans made by hand, to see how the commands show them."""

from __future__ import annotations

import msgspec

from models.plan import (
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

NOWHERE = Span(0, 0)
TEXT = "Căn cứ Thông tư số 07/2016/TT-\nBNNPTNT. Trạm Y tế xã báo cáo CDC tỉnh trước ngày 15/12/2025."
PLAN = Plan(
    source=SourceInfo(
        path="plans/118.pdf", sha256="0" * 64, media_type="application/pdf", pages=4, reader="pdf", ocr=True,
        text_chars=12345, text_sha256="0" * 64, extractor_version="1",
    ),
    metadata=Metadata(
        doc_type="Kế hoạch", code="118/KH-SYT", issue_date="2025-02-03", issuer="Sở Y tế tỉnh Hà Giang", province="Hà Giang",
        title="Phòng, chống bệnh dại\nnăm 2025", period_start="2025-01-01", period_end="2025-12-31",
        signer_name="Vàng Thị Mỷ", signer_position="PHÓ GIÁM ĐỐC", signer_authority="KT. GIÁM ĐỐC",
        recipients=("- UBND tỉnh;", "- Lưu: VT."),
    ),
    sections=(
        SectionFact(id="s1", parent=None, path="I", marker="I.", level=1, heading="I. MỤC TIÊU", heading_span=NOWHERE, span=NOWHERE, roles=("targets",)),
        SectionFact(id="s2", parent="s1", path="I.1", marker="1.", level=2, heading="1. Mục tiêu cụ thể", heading_span=NOWHERE, span=NOWHERE, roles=("targets",)),
        SectionFact(id="s3", parent=None, path=None, marker=None, level=1, heading=None, heading_span=None, span=NOWHERE, roles=("signature",)),
    ),
    references=(Reference(text="Thông tư số 07/2016/TT-\nBNNPTNT", span=NOWHERE, code="07/2016/TT-BNNPTNT", relation="basis", document_key="07/2016/TT-BNNPTNT", id="r"),),
    deadlines=(
        Deadline(text="trước ngày 15/12/2025", span=NOWHERE, kind="deadline", bound="before", end_date="2025-12-15", responsible="Trạm Y tế xã", recipient="CDC tỉnh", id="d"),
    ),
    targets=(
        Target(text="trên 70% đàn chó được tiêm", span=NOWHERE, comparator=">", low=70.0, unit="%", indicator="tiêm dại", period_end="2025-12-31", id="i"),
    ),
    tasks=(Task(text="Tổ chức tiêm [vét]", span=NOWHERE, section="s2", lead=("Chi cục Thú y",), id="n"),),
    tables=(TableFact(id="t", page=3, section="s1", caption="Biểu 1", columns=("TT", "Xã"), rows=(("1", "Đồng Văn"),)),),
    warnings=(PlanWarning(code="letterhead_lost", message="", values={"fields": "số"}),),
)  # fmt: skip

OTHER = msgspec.structs.replace(
    PLAN,
    source=msgspec.structs.replace(PLAN.source, path="plans/30.txt", sha256="1" * 64),
    metadata=Metadata(doc_type="Kế hoạch", code="30/KH-SYT", number="30", issue_date="2026-01-20", issuer="Sở Y tế tỉnh Cà Mau", province="Cà Mau", title="=SUM(A1)"),
    deadlines=(Deadline(text="trong quý I/2026", span=NOWHERE, kind="interval", start_date="2026-01-01", end_date="2026-03-31", id="d"),),
    targets=(Target(text="92,5% người dân có bảo hiểm y tế", span=NOWHERE, comparator=">=", low=92.5, unit="%", indicator="bảo hiểm y tế", indicator_id="health_insurance", id="i"),),
)  # fmt: skip
