"""Letterhead, title block and signature to metadata; what a damaged file lost is recovered from its body.

The form is that of Nghị định 30/2020/NĐ-CP, Phụ lục I. Names come out as printed: `pipeline.resolve` makes the issuer
whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from extractors.confidence import left, sure
from extractors.letterhead.head import Head, bodies_in, head_of
from extractors.letterhead.lost import province_around, recover, spoken_province
from extractors.letterhead.period import period_of
from extractors.letterhead.secrecy import secrecy_of
from extractors.letterhead.tail import recipients_of, signer_of
from extractors.notes import warn
from extractors.places import Province, lesser_unit_of, province_of, province_of_place
from extractors.vietnamese import ascii_key, tone_key
from models.outline import Outline
from models.plan import Metadata, PlanWarning

__all__ = ["extract_metadata", "secrecy_of"]

_OF_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp)(?!\w)")


def extract_metadata(outline: Outline) -> tuple[Metadata, tuple[PlanWarning, ...]]:
    """The metadata of a document. `issuer` is as printed (or as recovered); fields not found are None.

    Each field that had to be taken from elsewhere lowers `confidence` and is named in a warning `letterhead_lost`.
    """
    head = head_of(outline)
    signer = signer_of(outline)
    found = recover(outline)
    lost: list[str] = []

    def pick(name: str, value: str | None, spare: str | None) -> str | None:
        if value is None and spare is not None:
            lost.append(name)
            return spare
        return value

    number, symbol, code = head.number, head.symbol, head.code.value if head.code else None
    if not head.number_line and found.code is not None:
        number, symbol = found.number, found.symbol
        code = found.code.value
        lost.append("number")
    draft = head.number_line and head.number is None
    date = pick("issue_date", head.date, None if draft else found.date)
    doc_type = pick("doc_type", head.doc_type, found.doc_type)
    title = pick("title", head.title, found.title)
    printed = head.issuer
    named = found.body_of(symbol) if symbol else None
    if printed and named and ascii_key(printed) == ascii_key(named):
        printed = named  # accents lost or wrong in capitals: "SỞ Y TÉ"
    issuer = pick("issuer", printed, found.issuer or named)
    province = _province(head, outline, date, issuer)
    start, end = period_of(title or "")
    if start is None and end is None and found.opening:
        start, end = period_of(found.opening)
    warnings: list[PlanWarning] = []
    if lost:
        warnings.append(warn("letterhead_lost", fields=", ".join(lost)))
    warnings.extend(warn("ocr_slip", words=words, read=read) for words, read in head.mended)
    if draft:
        warnings.append(warn("draft_number", symbol=symbol or ""))
    stated = sure("metadata.clean") * left("metadata.field_recovered") ** len(lost)
    if province is None:
        stated *= left("metadata.province_unknown")
    if head.mended or _has_slips(outline):
        stated *= left("metadata.slip")
    metadata = Metadata(
        doc_type=doc_type,
        number=number,
        symbol=symbol,
        code=code,
        issue_date=date,
        place=head.place,
        issuer=issuer,
        province=province,
        title=title,
        period_start=start,
        period_end=end,
        signer_name=signer.name,
        signer_position=signer.position,
        signer_authority=signer.authority,
        recipients=recipients_of(outline),
        confidence=round(stated, 3),
    )
    return metadata, tuple(warnings)


def _has_slips(outline: Outline) -> bool:
    """Whether the letterhead, the title or the signature has a slip of the scan or the typing."""
    starts = [line.start for line in outline.text.lines]
    regions = {outline.regions[bisect_right(starts, slip.start) - 1] for slip in outline.text.slips}
    return bool(regions & {"letterhead", "title", "signature"})


def _province(head: Head, outline: Outline, date: str | None, issuer: str | None) -> str | None:
    """The bare name as it was at the time: of the letterhead ("UBND TỈNH X"), the place line, what is named behind the
    issuer's own district or commune ("huyện A, tỉnh X"), the body, in this order. Web pages print their own "Hà Nội" in
    place lines."""
    place, bodies = head.place, head.bodies
    day = date if date and len(date) == 10 else f"{date}-15" if date and len(date) == 7 else None
    province = province_of(bodies, day) if bodies and _OF_PROVINCE.search(tone_key(bodies)) else None
    if province is None and place:
        province = province_of_place(place, day)
    if province is None and bodies:
        province = province_of(bodies, day) or _of_one(bodies, day)
    if province is None and (unit := lesser_unit_of(bodies or "")) and (around := province_around(outline, unit)):
        province = province_of(around, day)
    if province is None and issuer:
        province = province_of(issuer, day)
    if province is None and (spoken := spoken_province(outline)):
        province = province_of(spoken, day)
    return province.name if province else None


def _of_one(bodies: str, day: str | None) -> Province | None:
    """The province in the name of the topmost body that names one: "SỞ Y TẾ HÀ NAM" above a long name of a centre."""
    return next(filter(None, (province_of(body, day) for body in bodies_in(bodies))), None)
