"""The ZIP of a Word file: checked before anything is unpacked, opened with python-docx, its XML parts by role."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Any, NamedTuple

from docx.opc.exceptions import PackageNotFoundError
from docx.opc.oxml import serialize_part_xml
from docx.opc.package import OpcPackage
from docx.oxml.parser import parse_xml

from pipeline.errors import UnreadableError
from pipeline.readers.base import Limits, megabytes

Element = Any  # an lxml element; lxml brings no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = b"http://purl.oclc.org/ooxml/"

# What zipfile, lxml and python-docx raise for files that are cut, overwritten or made up.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # lxml, of XML that is none
    PackageNotFoundError,
    AttributeError,  # python-docx, of a part without its content type or root
    AssertionError,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,  # an unknown way of compression
    OSError,
    RuntimeError,  # an encrypted member, parts linked in a chain without end
    TypeError,
    ValueError,
)


class Parts(NamedTuple):
    """The XML roots that matter; None for what the file lacks. `repaired` when links to missing members were cut."""

    document: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None
    repaired: bool


def open_package(data: bytes, path: str, limits: Limits) -> Parts:
    """Open a Word file; raises UnreadableError (damaged_docx, encrypted, unpacks_too_large, docx_strict)."""
    _check_size(data, path, limits)
    repaired = False
    try:
        try:
            package = OpcPackage.open(BytesIO(data))
        except KeyError:  # a link to a member that is not there: Word shrugs, python-docx does not
            package = OpcPackage.open(BytesIO(_without_dangling_links(data)))
            repaired = True
        main = package.main_document_part
        parts = {relation.reltype: relation for relation in main.rels.values() if not relation.is_external}
        return Parts(
            document=_root(main),
            styles=_related(parts, "styles"),
            numbering=_related(parts, "numbering"),
            footnotes=_related(parts, "footnotes"),
            endnotes=_related(parts, "endnotes"),
            repaired=repaired,
        )
    except DAMAGE as error:
        code = "docx_strict" if _is_strict(data) else "damaged_docx"
        raise UnreadableError(code, path) from error


def _check_size(data: bytes, path: str, limits: Limits) -> None:
    """Refuse a ZIP whose members would unpack to too much. zipfile never reads more of a member than it declares."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except DAMAGE as error:
        raise UnreadableError("damaged_docx", path) from error
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("encrypted", path)
    if len(members) > limits.members:
        raise UnreadableError("unpacks_too_large", path, size=f"{len(members):,}", limit=f"{limits.members:,}")
    everything = sum(member.file_size for member in members)
    xml = sum(member.file_size for member in members if member.filename.lower().endswith((".xml", ".rels")))
    for size, limit in ((everything, limits.unpacked), (xml, limits.xml)):
        if size > limit:
            raise UnreadableError("unpacks_too_large", path, size=megabytes(size), limit=megabytes(limit))


def _root(part: Any) -> Element:
    """A part's XML; parts of a kind that python-docx does not know (a macro document's) are parsed here."""
    element = getattr(part, "element", None)
    return element if element is not None else parse_xml(part.blob)


def _related(relations: dict[str, Any], name: str) -> Element | None:
    relation = relations.get(_OFFICE + name)
    if relation is None:
        return None
    try:
        return _root(relation.target_part)
    except DAMAGE:  # a document can be read without its styles
        return None


def _without_dangling_links(data: bytes) -> bytes:
    """The same ZIP without the relationships whose target is no member of it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        names = set(old.namelist())
        for member in old.infolist():
            content = old.read(member)
            if member.filename.endswith(".rels"):
                content = _cut_links(content, member.filename, names)
            new.writestr(member.filename, content)
    return out.getvalue()


def _cut_links(content: bytes, rels_name: str, names: set[str]) -> bytes:
    folder = rels_name.rsplit("_rels/", 1)[0]
    root = parse_xml(content)
    for relation in list(root):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        whole = target[1:] if target.startswith("/") else _normal(folder + target)
        if whole not in names:
            root.remove(relation)
    return serialize_part_xml(root)


def _normal(name: str) -> str:
    """A member's name with ".." resolved."""
    parts: list[str] = []
    for part in re.split(r"/+", name):
        if part == "..":
            parts[-1:] = []
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _is_strict(data: bytes) -> bool:
    """Whether this is "Strict Open XML", which names everything differently."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _STRICT in archive.read("_rels/.rels")
    except DAMAGE:
        return False
