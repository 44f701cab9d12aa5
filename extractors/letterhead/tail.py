"""The end of the form: who signed, and who gets the paper (nơi nhận)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from data import load
from extractors.vietnamese import tone_key
from models.outline import Outline

_AUTHORITY = re.compile(r"(t/?m|k/?t|t/?l|t\.?u\.?q|q)\s*[./]{1,2}\s*(?=\S)|(t/m|k/t|t/l)\s+", re.IGNORECASE)
_MARKS = {"tm": "TM.", "kt": "KT.", "tl": "TL.", "tuq": "TUQ.", "q": "Q."}
_SIGNED = re.compile(r"[(<\[](?:đã |chữ )?ký\b[^)>\]]*[)>\]]|\[daky\]|đã ký", re.IGNORECASE)
# Who signs for a board holds this office; the one that stands below the signature is held elsewhere.
_BOARD = re.compile(r"(?:phó )?(?:trưởng ban|chủ tịch hội đồng)\b")
_HEAD = re.compile(r"n[ơo]i\s*nh[ậâaạ]n\s*[:;]?\s*", re.IGNORECASE)
_INLINE_BULLET = re.compile(r"(?:(?<=[;.)/])|(?<=:))\s+[-+]\s*(?=\S)|(?<=;)\s+(?=Lưu\b)")
_BULLET = re.compile(r"[-+*]\s*")


def without_titles(words: str) -> str:
    """A name without the academic and honorary titles before it ("BS.CKII. Lê Thị Hoa")."""
    return _titles().sub("", words)


class Signer(NamedTuple):
    name: str | None
    position: str | None
    authority: str | None


def signer_of(outline: Outline) -> Signer:
    """Name, position and authority ("TM. KT.") of the first signature of the document."""
    name = position = None
    authority: list[str] = []
    previous = -2
    for index in outline.lines_of("signature"):
        if previous >= 0 and index > previous + 40:
            break  # a second signature further down belongs to an attachment
        previous = index
        words = outline.text.line_text(outline.text.lines[index]).strip(" *")
        words = "" if is_stamp(words) else _SIGNED.sub(" ", words).strip(" *")
        if not words:
            continue
        capitals, rest = _split_capitals(without_titles(words))
        marks = [
            _MARKS[re.sub(r"[^a-z]", "", (m.group(1) or m.group(2)).lower())] for m in _AUTHORITY.finditer(capitals)
        ]
        authority += [m for m in marks if m not in authority]
        positions = [p.strip(" ,.") for p in _AUTHORITY.split(capitals) if p and p.strip(" ,./") and not _is_mark(p)]
        on_board = position is not None and _BOARD.match(tone_key(position))
        if positions and name is None and (marks or not on_board or _BOARD.match(tone_key(positions[-1]))):
            # The last position is the signer's own: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH".
            position = _own_position(positions[-1], deputed=bool({"KT.", "TL.", "TUQ."}.intersection(marks)))
        if rest and name is None and (position or not capitals):
            name = rest.strip(" .,") or None
        if name:
            break
    return Signer(name, position, " ".join(authority) or None)


def is_stamp(words: str) -> bool:
    """Whether a line is what a signature or a stamp leaves above the name: "(Đã ký)", "Ký bởi: Sở Y tế"."""
    return bool(_stamps().fullmatch(words.strip(" *").lower()))


@cache
def _stamps() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("people")["stamps"]))


def _is_mark(words: str) -> bool:
    return re.sub(r"[^a-z]", "", words.lower()) in _MARKS


def _own_position(words: str, deputed: bool) -> str:
    """Of several positions run together ("CHỦ TỊCH PHÓ CHỦ TỊCH") the last one, and the one behind a body's name ("ỦY
    BAN NHÂN DÂN XÃ CHỦ TỊCH"). `deputed`: the first is whom the signer signs for ("TUQ. GIÁM ĐỐC CHI CỤC TRƯỞNG")."""
    found = [match for match in _positions().finditer(tone_key(words)) if match.start()]
    last = found[-1] if found else None
    if last and (deputed or last[0].startswith("phó ") or _speaks().match(tone_key(words))):
        return words[last.start() :]
    return words


@cache
def _positions() -> re.Pattern[str]:
    """The positions that sign; for `tone_key` text, which keeps the length of the words."""
    words = "|".join(load("headings")["frame"]["positions"])
    return re.compile(rf"(?<!\w)(?:phó )?(?:{words})(?=\s|$|,)")


@cache
def _speaks() -> re.Pattern[str]:
    """The bodies that decide together, in whose name ("TM.") a person signs."""
    words = "|".join(load("people")["collective"])
    return re.compile(rf"(?:{words})(?!\w)")


def _split_capitals(words: str) -> tuple[str, str]:
    """A line's opening words in capitals, and the rest ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Hoàng Việt Phương")."""
    tokens = words.split()
    count = 0
    while count < len(tokens) and (tokens[count].upper() == tokens[count] or tokens[count].rstrip(".") in ("Q", "Tuq")):
        count += 1
    if (count == len(tokens) and _looks_like_name(tokens)) or (count == 1 and len(tokens[0]) == 1 and len(tokens) > 1):
        return "", words  # a name in capitals, or one that opens with a letter of its own ("Y Khang Niê")
    return " ".join(tokens[:count]), " ".join(tokens[count:])


@cache
def _family_names() -> frozenset[str]:
    return frozenset(load("people")["family_names"])


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(r"^(?:(?:" + "|".join(load("people")["titles"]) + r")(?:[.,/\s]+))+")


def _looks_like_name(tokens: list[str]) -> bool:
    """A name printed in capitals: two to five words, the first a family name."""
    return 2 <= len(tokens) <= 5 and tone_key(tokens[0]) in _family_names() and not any("." in t for t in tokens)


def recipients_of(outline: Outline) -> tuple[str, ...]:
    """The lines below "Nơi nhận:" without their dashes, the "Lưu:" line included."""
    lines: list[str] = []
    section = next((s for s in outline.sections if s.region == "recipients"), None)
    if section is None:
        return ()
    for index in outline.lines_of("recipients"):
        line = outline.text.lines[index]
        if line.start >= section.end and lines and tone_key(lines[-1]).startswith("lưu"):
            break
        words = outline.text.line_text(line)
        head = _HEAD.match(words)
        words = words[head.end() :] if head else words
        # A cell that holds them all on one line; "- VPUB: + CVP, các PCVP;" is one line of its own.
        parts = _INLINE_BULLET.split(words) if head or len(_INLINE_BULLET.findall(words)) > 1 else [words]
        for part in parts:
            part = part.strip()
            bullet = _BULLET.match(part)
            bare = part[bullet.end() :] if bullet else part
            if not bare or bare.isdecimal():  # a page's number
                continue
            open_line = bool(lines) and (_saves(lines[-1]) or not lines[-1].endswith((";", ".")))
            if open_line and not bullet and len(parts) == 1 and not _saves(bare):
                lines[-1] += f" {bare}"
            else:
                lines.append(bare)
    return tuple(line.rstrip(" ;.,") if not line.endswith("...") else line for line in lines)


def _saves(words: str) -> bool:
    return tone_key(words).startswith("lưu")
