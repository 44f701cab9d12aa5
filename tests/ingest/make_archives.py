"""Archives and mails made for the tests, good ones and traps."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return made.getvalue()


def with_raw_name(raw: bytes, content: bytes, *, utf8: bool = False, extra: bytes = b"") -> bytes:
    """A ZIP of one stored member whose name is these bytes, flagged as UTF-8 or not."""
    flags = 0x800 if utf8 else 0
    crc, size = zlib.crc32(content), len(content)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, 0, 0, 33, crc, size, size, len(raw), len(extra))
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 20, 20, flags, 0, 0, 33, crc, size, size, len(raw), len(extra), 0, 0, 0, 0, 0
    )
    body = local + raw + extra + content
    directory = central + raw + extra
    return body + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(directory), len(body), 0)


def unicode_path(raw: bytes, name: str) -> bytes:
    """The extra field of a ZIP that says a name in UTF-8."""
    field = struct.pack("<BL", 1, zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


def encrypted(archive: bytes, name: str) -> bytes:
    """The archive with one member marked as encrypted."""
    changed = bytearray(archive)
    raw = name.encode()
    for magic, flags, start in ((b"PK\3\4", 6, 30), (b"PK\1\2", 8, 46)):
        at = -1
        while (at := changed.find(magic, at + 1)) >= 0:
            if changed[at + start : at + start + len(raw)] == raw:
                changed[at + flags] |= 1
    return bytes(changed)


def tarred(members: dict[str, bytes | str], mode: str = "w", *, links: dict[str, str] | None = None) -> bytes:
    """A tar of these members and symbolic links (name: target)."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    data = bytearray(made.getvalue())
    if data.startswith(b"\x1f\x8b"):
        data[4:8] = bytes(4)  # the time of day, which gzip writes
    return bytes(data)


def mail(attachments: dict[str, bytes], words: str = "Kính gửi các đơn vị.") -> EmailMessage:
    """A mail with these attachments."""
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "Gửi kế hoạch", "a@example.org", "b@example.org"
    made.set_content(words)
    for name, data in attachments.items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def mail_with_header(header: bytes, data: bytes) -> bytes:
    """A mail of one attachment whose Content-Disposition is these bytes."""
    return b"\r\n".join([
        b"From: a@example.org", b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="b"', b"", b"--b",
        b"Content-Type: application/octet-stream", b"Content-Transfer-Encoding: 8bit",
        b"Content-Disposition: " + header, b"", data, b"--b--", b"",
    ])  # fmt: skip


def write(path: Path, content: bytes | EmailMessage) -> Path:
    """Writes an archive or a mail."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.as_bytes(policy=SMTP))
    return path
