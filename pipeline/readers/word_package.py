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
    """The XML roots that matter; None for what the file lacks. `lost` names the members that are damaged or missing
    and were done without."""

    document: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None
    lost: tuple[str, ...]


def open_package(data: bytes, path: str, limits: Limits) -> Parts:
    """Open a Word file; raises UnreadableError (damaged_docx, encrypted, unpacks_too_large, docx_strict)."""
    _check_size(data, path, limits)
    lost: tuple[str, ...] = ()
    try:
        try:
            package = OpcPackage.open(BytesIO(data))
        except DAMAGE:  # a link to a member that is not there, a broken picture: Word shrugs, python-docx does not
            mended, lost = _mended(data)
            package = OpcPackage.open(BytesIO(mended))
        main = package.main_document_part
        parts = {relation.reltype: relation for relation in main.rels.values() if not relation.is_external}
        return Parts(
            document=_root(main),
            styles=_related(parts, "styles"),
            numbering=_related(parts, "numbering"),
            footnotes=_related(parts, "footnotes"),
            endnotes=_related(parts, "endnotes"),
            lost=lost,
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
    return _root(relation.target_part) if relation is not None else None


def _mended(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The same ZIP reduced to its sound XML, without links to anything else; and the names of what is damaged or
    missing. Raises one of DAMAGE where the document itself is."""
    sound: dict[str, bytes] = {}
    lost: list[str] = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        for name in names:
            if not name.endswith((".xml", ".rels")):
                continue
            try:
                content = archive.read(name)
                parse_xml(content)
            except DAMAGE:
                if name == "word/document.xml":
                    raise
                lost.append(name)
            else:
                sound[name] = content
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sound.items():
            if name.endswith(".rels"):
                content, dangling = _cut_links(content, name, sound)
                lost.extend(target for target in dangling if target not in names)
            archive.writestr(name, content)
    return out.getvalue(), tuple(dict.fromkeys(lost))


def _cut_links(content: bytes, rels_name: str, sound: dict[str, bytes]) -> tuple[bytes, list[str]]:
    """A relationships member without links to what is not in `sound`, and the targets of those."""
    folder = rels_name.rsplit("_rels/", 1)[0]
    root = parse_xml(content)
    cut = []
    for relation in list(root):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        whole = target[1:] if target.startswith("/") else _normal(folder + target)
        if whole not in sound:
            root.remove(relation)
            cut.append(whole)
    return serialize_part_xml(root), cut


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
