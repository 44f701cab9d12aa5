"""The bytes of a web page -> its tree, with what its styles say of each element. Nothing outside the file is loaded."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import lxml.etree
import lxml.html

from pipeline.errors import UnreadableError
from pipeline.readers.base import Limits, megabytes
from pipeline.readers.encodings import Decoded, unicode_or_1258
from pipeline.readers.legacy import signs_of

Element = Any  # an lxml element; lxml brings no types

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\s[^>]{0,200}?(?:charset|encoding)\s?=\s?["']?([\w:.-]{2,40})""", re.IGNORECASE
)
_HEAD = 4096  # bytes in which a page says its encoding
_TAGS = re.compile(rb"<[^<>]*>")
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{3,80},[A-Za-z0-9+/=%\s]*")  # pictures inside the page
_UNICODE = ("utf", "unicode")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SELECTOR = re.compile(r"(?:(\w+)|\*)?(?:\.([\w-]+))?(?:#([\w-]+))?")
_MOST_CSS = 500_000  # characters of a page's own style sheets that are looked at
BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))


class Looks(NamedTuple):
    """What the styles say of an element; None where they say nothing."""

    bold: bool | None = None
    hidden: bool | None = None
    upper: bool | None = None
    kept: bool | None = None  # white space as it stands
    font: str | None = None
    list_form: str | None = None

    def over(self, other: Looks) -> Looks:
        """These looks, filled from `other` where they say nothing."""
        return Looks(*(mine if mine is not None else theirs for mine, theirs in zip(self, other, strict=True)))  # type: ignore[arg-type]


def decode_page(data: bytes, path: str, charset: str = "") -> Decoded:
    """The text of a page: by its byte order mark, as UTF-8 where it is that, by what it (or `charset`, of its mail)
    declares, else byte by byte: old encodings are found when the marks are off. Raises UnreadableError
    (damaged_html)."""
    bare = data.translate(None, b"\x00")
    told = _DECLARED.search(bare[:_HEAD])
    name = charset.lower() or (told[1].decode("ascii", "replace").lower() if told else "")
    decoded = unicode_or_1258(data)
    if decoded is not None and (decoded.encoding != "windows-1258" or name in ("", "windows-1258")):
        return decoded
    words = _TAGS.sub(b" ", data[: 1 << 20])
    if sum(byte < 9 or 13 < byte < 32 for byte in words[:_HEAD]) * 50 > len(words[:_HEAD]):
        raise UnreadableError("damaged_html", path)
    if unicode_or_1258(words) is not None and not name.startswith(_UNICODE):
        return Decoded(data.decode("cp1258", "replace"), "windows-1258")
    if name.startswith("utf-8") and decoded is None:
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if broken * 50 < len(text):
            return Decoded(text, "utf-8", broken)
    return Decoded(signs_of(data), "windows-1252")


def unpack_mail(data: bytes, path: str) -> tuple[bytes, str]:
    """The page inside an archive of a page (.mht) and the encoding that its part names. Raises UnreadableError."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        for part in parts:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return content, str(part.get_content_charset() or "")
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableError("damaged_html", path) from error
    raise UnreadableError("damaged_html", path)


def parse_page(text: str, path: str, limits: Limits) -> Element:
    """The tree of a page. Raises UnreadableError (too_large, nested_too_deep, damaged_html)."""
    text = _CONTROL.sub("", _EMBEDDED.sub("", text) if "base64," in text else text)
    size = len(text)
    if size > limits.xml:
        raise UnreadableError("too_large", path, size=megabytes(size), limit=megabytes(limits.xml))
    if (count := text.count("<")) > limits.elements:
        raise UnreadableError("too_many_elements", path, count=f"{count:,}", limit=f"{limits.elements:,}")
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        if _too_deep(parser):
            raise UnreadableError("nested_too_deep", path) from error
        raise UnreadableError("damaged_html", path) from error
    if _too_deep(parser):
        raise UnreadableError("nested_too_deep", path)
    return root


def _too_deep(parser: Any) -> bool:
    return any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


class Sheet:
    """The style sheets inside a page, as far as they speak of one tag, class or id at a time."""

    def __init__(self, root: Element) -> None:
        self._tags: dict[str, Looks] = {}
        self._classes: dict[tuple[str, str], Looks] = {}
        self._ids: dict[str, Looks] = {}
        left = _MOST_CSS
        for style in root.iter("style"):
            css = (style.text or "")[:left]
            left -= len(css)
            for rule in _without_comments(css).split("}"):
                selectors, _, declarations = rule.rpartition("{")
                self._add(selectors.rpartition("{")[2], declared(declarations))  # behind "@media print {"

    def _add(self, selectors: str, looks: Looks) -> None:
        if looks == Looks():
            return
        for selector in selectors.split(","):
            found = _SELECTOR.fullmatch(selector.strip())
            if found is None or not selector.strip():
                continue
            tag, name, identity = (found[1] or "").lower(), found[2], found[3]
            if identity:
                self._ids[identity] = looks.over(self._ids.get(identity, Looks()))
            elif name:
                self._classes[tag, name] = looks.over(self._classes.get((tag, name), Looks()))
            elif tag:
                self._tags[tag] = looks.over(self._tags.get(tag, Looks()))

    def looks(self, element: Element) -> Looks:
        """What is said of an element itself."""
        tag = element.tag
        found = declared(element.get("style") or "")
        if element.get("hidden") is not None:
            found = found._replace(hidden=True)
        if tag == "font" and (face := element.get("face")):
            found = Looks(font=_first_font(face)).over(found)
        if self._ids and (identity := element.get("id")):
            found = found.over(self._ids.get(identity, Looks()))
        if self._classes:
            for name in (element.get("class") or "").split():
                found = found.over(self._classes.get((tag, name), Looks())).over(self._classes.get(("", name), Looks()))
        found = found.over(self._tags.get(tag, Looks()))
        if tag in BOLD:
            found = found.over(Looks(bold=True))
        elif tag in ("pre", "textarea", "listing"):
            found = found.over(Looks(kept=True))
        return found

    def fonts(self) -> Iterator[str]:
        """The fonts that the sheets name."""
        for group in (self._tags, self._classes, self._ids):
            yield from (looks.font for looks in group.values() if looks.font)


def _without_comments(css: str) -> str:
    parts = []
    at = 0
    while (start := css.find("/*", at)) >= 0:
        parts.append(css[at:start])
        end = css.find("*/", start + 2)
        if end < 0:
            return "".join(parts)
        at = end + 2
    parts.append(css[at:])
    return "".join(parts).replace("<!--", "").replace("-->", "")


def declared(style: str) -> Looks:
    """The looks that declarations ("font-weight: bold; display: none") give."""
    if not style:
        return Looks()
    found: dict[str, Any] = {}
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        low = value.removesuffix("!important").strip().lower()
        if name == "font-weight":
            found["bold"] = low in ("bold", "bolder") or (low.isdecimal() and len(low) < 6 and int(low) >= 600)
        elif name == "font" and low:
            found["bold"] = "bold" in low.split()
        elif name == "display":
            found["hidden"] = low == "none"
        elif (name == "visibility" and low in ("hidden", "collapse")) or (name == "mso-hide" and low == "all"):
            found["hidden"] = True
        elif name == "text-transform":
            found["upper"] = low == "uppercase"
        elif name == "white-space":
            found["kept"] = low.startswith(("pre", "break"))
        elif name == "font-family":
            found["font"] = _first_font(value)
        elif name in ("list-style-type", "list-style") and low:
            found["list_form"] = low.split()[0]
    return Looks(**found)


def _first_font(names: str) -> str:
    return names.split(",")[0].strip(" \"'")
