"""What can be recovered of a lost letterhead: from "(Kèm theo Kế hoạch số ...)", the opening and the closing."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from extractors.letterhead.head import partial_date, type_names
from extractors.places import province_of
from extractors.references.codes import Code, canonical_code, organisation_of_code
from extractors.vietnamese import key_of, tone_key
from models.outline import Outline

# "(Kèm theo Kế hoạch số 463/KH-SYT ngày 17/3/2022 của Sở Y tế)"
_ATTACHED = re.compile(
    r"[kKđĐ](?i:(?:(?<=k)èm theo|(?<=đ)ính kèm) (?P<type>[^\d()]{3,40}?)\s*(?:số)?\s*:?\s*"
    r"(?P<number>\d{1,5})\s*(?:/(?P<year>20\d\d))?\s*[/-]\s*"
    r"(?P<symbol>[A-ZĐ][\w]{0,5}\s?[-/]\s?[\w&-]{2,15})"
    r"(?:,?\s*ngày\s*(?P<day>\d{1,2})\s*(?:/|-|\.|tháng)\s*(?P<month>\d{1,2})\s*(?:/|-|\.|năm)\s*(?P<y>\d{4}))?"
    r"(?:\s*của\s*(?P<issuer>[^)\n;]{3,80}))?)"
)
# "Sở Y tế xây dựng Kế hoạch <title>, cụ thể như sau:"
_OPENING = re.compile(
    r"(?P<issuer>(?:Sở|UBND|Ủy ban|Uỷ ban|Chi cục|Trung tâm|Bệnh viện|Ban|Hội đồng)"
    r"(?:(?! (?:Sở|UBND|Ủy ban|Uỷ ban|về|ngày|của|tại) )[^.;:\n\d]){0,60}?)\s*"
    r"(?:xây dựng|ban hành|lập|triển khai|đề ra)(?: và (?:ban hành|triển khai))?\s+"
    r"(?P<type>[KkCcPp][^\W\d_]+ [^\W\d_]+)\s+(?P<title>[^:\n]{5,500}?)\s*(?:,|;|\s)\s*"
    r"(?:cụ thể|như sau|với (?:những |các )?nội dung|với (?:các|những)|gồm|nội dung)[^:\n]{0,60}:?$",
    re.MULTILINE,
)
# "Trên đây là Kế hoạch <title>, yêu cầu ..."
_CLOSING = re.compile(
    r"^Trên đây là (?:nội dung )?(?P<type>[KkCcPp][^\W\d_]+ [^\W\d_]+)\s+(?P<title>[^\n]{5,400}?)"
    r"(?:[,;.]\s*(?:yêu cầu|đề nghị|các |sở y tế|ủy ban|ubnd|trong quá trình|giao|kính)|\s*\./|\.?$)",
    re.MULTILINE | re.IGNORECASE,
)
_SHORT_NAME = re.compile(r"\s*\((?:sau đây |dưới đây )?(?:được )?(?:gọi|viết) (?:tắt|chung)[^()]*\)?")
_SPEAKER = re.compile(
    r"(?:Sở Y tế|UBND|HĐND|[ỦU][yỷ] ban nhân dân|Hội đồng nhân dân|[Nn]gành [Yy] tế|[Đđ]ịa bàn|Bảo hiểm xã hội)\s+"
    r"((?:tỉnh|thành phố|Thành phố|TP\.?)\s+[^\n,.;:]{2,24})"
)


_ABOVE = re.compile(
    r"(?:,? (?i:huyện|quận|thị xã|thành phố|TP\.?) [^\n,.;:]{2,24})?[,\n ]{1,2}"
    r"((?i:tỉnh|thành phố|TP\.?) [^\n,.;:()]{2,24})"
)


class Recovered(NamedTuple):
    """What body and appendices say about the document itself; None where they say nothing."""

    doc_type: str | None = None
    number: str | None = None
    year: int | None = None
    symbol: str | None = None
    code: Code | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    opening: str | None = None

    def body_of(self, symbol: str) -> str | None:
        """The body that a symbol's agency code names ("KH-SYT": "Sở Y tế")."""
        code = canonical_code("1", None, symbol)
        record = organisation_of_code(code.agency) if code.agency else None
        return str(record.get("printed") or record["name"]) if record else None


def recover(outline: Outline) -> Recovered:
    """Look for the document's own number, title and issuer outside its letterhead."""
    clean = outline.text.clean
    result = Recovered()
    names = type_names()
    attached = [m for m in _ATTACHED.finditer(clean) if tone_key(m["type"]).strip() in names]
    if attached:
        first = attached[0]
        symbol = re.sub(r"\s", "", first["symbol"])
        code = canonical_code(first["number"], int(first["year"]) if first["year"] else None, symbol)
        result = result._replace(
            doc_type=names[tone_key(first["type"]).strip()],
            number=first["number"],
            year=code.year,
            symbol=symbol,
            code=code,
            date=partial_date(first["y"], first["month"], first["day"]),
            issuer=first["issuer"].strip() if first["issuer"] else None,
        )
    preamble = [s for s in outline.sections if s.region == "preamble"]
    opening = None
    if preamble:
        opening = _last(_OPENING, clean, preamble[0].start, preamble[0].end)
    closing = _CLOSING.search(clean)
    spoken = opening or closing
    if spoken is not None:
        result = result._replace(
            title=_SHORT_NAME.sub("", " ".join(spoken["title"].split())).strip(" ,;."),
            opening=spoken["title"],
            doc_type=result.doc_type or names.get(tone_key(spoken["type"])),
        )
    if opening is not None and result.issuer is None:
        result = result._replace(issuer=opening["issuer"].strip())
    return result


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found


def province_around(outline: Outline, unit: str) -> str | None:
    """The province that the text names behind a district or commune: "huyện A, tỉnh X", "xã B, huyện A, tỉnh X"."""
    clean = outline.text.clean
    key, wanted = key_of(outline.text), tone_key(unit)
    position = key.find(wanted)
    while position >= 0:
        behind = _ABOVE.match(clean, position + len(wanted))
        if behind and province_of(words := " ".join(behind[1].split()[:6])):
            return words
        position = key.find(wanted, position + len(wanted))
    return None


def spoken_province(outline: Outline) -> str | None:
    """The province that the body names most often behind its own offices ("Sở Y tế tỉnh Quảng Ngãi")."""
    spoken = (" ".join(m.group(1).split()[:5]) for m in _SPEAKER.finditer(outline.text.clean))
    counts = Counter(province.name for words in spoken if (province := province_of(words)))
    return counts.most_common(1)[0][0] if counts else None
