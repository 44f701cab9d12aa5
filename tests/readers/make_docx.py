"""Makes small Word files for tests: with python-docx what it can make, with raw XML what only Word writes."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NS = nsdecls("w")
# Namespaces that a drawing with a text box needs beside w.
DRAWING = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def body(*xml: str, numbering: str = "", styles: str = "") -> bytes:
    """A Word file whose body holds these elements; `numbering` and `styles` are added to what the template has."""
    document = docx.Document()
    root = document.element.body
    for index, element in enumerate(xml):
        root.insert(index, parse_xml(_declared(element)))
    for part, extra in ((document.part.numbering_part.element, numbering), (document.styles.element, styles)):
        if extra:
            for index, child in enumerate(parse_xml(f"<w:x {NS}>{extra}</w:x>")):
                # Definitions come before lists in a numbering part.
                part.insert(index, child) if child.tag.endswith("abstractNum") else part.append(child)
    return saved(document)


def _declared(element: str) -> str:
    head, _, rest = element.partition(">")
    slash = "/" if head.endswith("/") else ""
    return f"{head.rstrip('/')} {NS} {DRAWING}{slash}>{rest}"


def p(
    text: str = "", *, style: str = "", numbered: tuple[int, int] | None = None, inner: str = "", ppr: str = ""
) -> str:
    """A paragraph: plain text or raw runs, with a style and a place in a list (list, level)."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + ppr
    if numbered:
        properties += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text) if text else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs) or p()}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def level(index: int, form: str, text: str, *, start: int = 1, extra: str = "", after: str = "") -> str:
    """A level of a list; `extra` stands before its text (suff, isLgl, lvlRestart), `after` behind it (rPr)."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/>{after}</w:lvl>'
    )


def definition(identity: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def use(identity: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def rezipped(data: bytes, change: dict[str, bytes | None]) -> bytes:
    """The same ZIP with members replaced, added, or (None) taken out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in change.items():
            if name not in old.namelist() and content is not None:
                new.writestr(name, content)
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()
