"""What the members of archives and mails are called: bytes and damaged letters -> names in Unicode that harm nobody.

Old ZIP programs write names in the machine's code page, or in UTF-8 without saying so; mails carry them in one of three
notations, and many programs mix these up. A name is never a way into the file system: nothing is written under it. It
is cleaned, so that it can be shown, kept in a database and typed.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from pathlib import PurePosixPath
from zipfile import ZipInfo

from pipeline.readers.legacy import signs_of, to_unicode
from pipeline.readers.syllables import sound

_LONGEST = 150  # characters of one part of a name
_UTF8_NAME = 0x800  # a ZIP's flag: the name is in UTF-8
_UNICODE_PATH = 0x7075  # a ZIP's extra field with the name in UTF-8 (Info-ZIP)
_DRIVE = re.compile(r"^[A-Za-z]:")
_WORD = re.compile(r"[^\s_.,;()\[\]/\\+&-]+")


def decoded(raw: bytes) -> str:
    """A name's bytes as Unicode: UTF-8 where they are that, else the old encoding in which most of its words are
    Vietnamese syllables."""
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        ways = (raw.decode("cp1258", "replace"), to_unicode(signs_of(raw), "TCVN3").text, raw.decode("cp437"))
        return max((unicodedata.normalize("NFC", way) for way in ways), key=_soundness)


def _soundness(name: str) -> tuple[float, int]:
    """The share of a name's words beyond ASCII that are Vietnamese syllables; then how many signs are no letters, as a
    negative number."""
    words = [word for word in _WORD.findall(name) if not word.isascii()]
    signs = sum(not letter.isascii() and unicodedata.category(letter)[0] not in "LM" for letter in name)
    return sum(map(sound, words)) / len(words) if words else 0.0, -signs


def unmangled(name: str) -> str:
    """A name whose UTF-8 was taken for a code page, as it was meant; any other as it is."""
    for page in ("cp437", "cp1252", "latin-1"):
        try:
            return name if name.isascii() else name.encode(page).decode("utf-8")
        except UnicodeError:
            continue
    return name


def zip_name(info: ZipInfo) -> str:
    """The name of a member of a ZIP, not cleaned."""
    name = info.orig_filename
    if info.flag_bits & _UTF8_NAME:
        return unmangled(name)
    raw = name.encode("cp437", "replace")
    return _unicode_path(info.extra, raw) or decoded(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in a ZIP's extra fields, where it was made for this name."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and int.from_bytes(field[1:5], "little") == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
    return None


def mail_name(part: Message) -> str | None:
    """The name of a mail's part, not cleaned: by RFC 2231, RFC 2047 (which is not meant for names, and usual), or as
    bare bytes. None where it has none."""
    for field, value in list(part.raw_items()):
        if field.lower() in ("content-disposition", "content-type") and not str(value).isascii():
            part.replace_header(field, decoded(str(value).encode("utf-8", "surrogateescape")))
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError):
        return None
    if name is None:
        return None
    if "=?" in name:
        name = _encoded_words(name)
    if not name.isascii() and all(ord(letter) < 0x100 for letter in name):
        return decoded(name.encode("latin-1"))  # bytes of a character set that is not known
    return name


def _encoded_words(name: str) -> str:
    try:
        parts = decode_header(re.sub(r"\?=\s+=\?", "?==?", name[:4000]).replace("?==?", "?= =?"))
    except (HeaderParseError, ValueError):
        return name
    made = ""
    for words, charset in parts:
        if isinstance(words, str):
            made += words
            continue
        try:
            made += words.decode(charset or "ascii")
        except (UnicodeDecodeError, LookupError):
            made += decoded(words)
    return made


def cleaned(name: str) -> str:
    """A name as it is shown and kept: parts joined by "/", without a root, a drive, ".." and what is no letter; "" for
    a name of which nothing is left."""
    name = name.partition("\0")[0].replace("\\", "/")
    name = "".join(letter for letter in unicodedata.normalize("NFC", name) if unicodedata.category(letter)[0] != "C")
    parts = [_DRIVE.sub("", part).strip() for part in name.split("/")]
    kept = [_shortened(part) for part in parts if part.strip(".")]
    # "!/" is where the way into an archive is shown.
    return "/".join(part + "_" if part.endswith("!") and i < len(kept) - 1 else part for i, part in enumerate(kept))


def _shortened(part: str) -> str:
    if len(part) <= _LONGEST:
        return part
    suffix = PurePosixPath(part).suffix[:10]
    return part[: _LONGEST - len(suffix)] + suffix


class Names:
    """Gives each member of one archive a name of its own, by their order."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def give(self, name: str) -> str:
        """The cleaned name, with a number behind it where it is taken."""
        name = cleaned(name) or "?"
        path = PurePosixPath(name)
        made, count = name, 1
        while made in self.taken:
            count += 1
            made = str(path.with_name(f"{path.stem} ({count}){path.suffix}"))
        self.taken.add(made)
        return made
