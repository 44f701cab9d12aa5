"""LibreOffice without a window: many files to .docx in one run, each with its time.

Every run has a profile of its own in a temporary folder, in which macros, active content, links and the network are
switched off. The files bear names of ours, so that theirs say nothing to the program. A file that hangs or brings the
program down takes only itself along: the run is ended with all its children, and goes on behind that file.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.processes import kill_tree

_NAMES = ("soffice", "libreoffice", "soffice.com", "soffice.exe")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_VERSION = re.compile(r"LibreOffice(?:Dev)? (\d+(?:\.\d+)?)")
_FILTER = "docx:MS Word 2007 XML"
_START_SECONDS = 60.0  # what the program may take to start, on a busy machine and with a new profile
_MEMORY = 6 << 20  # KiB of addresses: less than a bomb takes, and more than a reader's own process may leave it
_STEP = 0.05  # seconds between two looks at what it has done
_NO_NETWORK = "http://127.0.0.1:9"  # a port where nobody answers

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>
"""
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


class Office(NamedTuple):
    """A LibreOffice on this machine."""

    program: str
    version: str


class Converted(NamedTuple):
    """What became of a file: its .docx, or why there is none: "damaged_office" (it can't be opened), "office_too_slow"
    or "office_died"."""

    docx: bytes
    failed: str = ""


@cache
def find_office() -> Office | None:
    """The LibreOffice to use, `KEHOACH_SOFFICE` before the one on the path; None where there is none."""
    named = os.environ.get("KEHOACH_SOFFICE")
    found = (shutil.which(name) for name in ((named,) if named else (*_NAMES, *_PLACES)))
    program = next((path for path in found if path), None)
    if program is None:
        return None
    try:
        with tempfile.TemporaryDirectory(prefix="kehoach-", ignore_cleanup_errors=True) as folder:
            command = [program, _profile_option(Path(folder)), "--headless", "--version"]
            done = subprocess.run(command, capture_output=True, timeout=_START_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = _VERSION.search(done.stdout.decode("utf-8", "replace"))
    return Office(program, version[1] if version else "?")


def convert_files(office: Office, files: Sequence[tuple[str, bytes]], seconds: float) -> list[Converted]:
    """Convert files, each given with the suffix that its content should have (".doc", ".rtf"), in as few runs as
    possible. A file may take `seconds`."""
    results: list[Converted] = [Converted(b"", "office_died")] * len(files)
    with tempfile.TemporaryDirectory(prefix="kehoach-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        _write_profile(root / "profile")
        (root / "in").mkdir()
        (root / "out").mkdir()
        names = [f"{index:05d}{suffix}" for index, (suffix, _) in enumerate(files)]
        for name, (_, content) in zip(names, files, strict=True):
            (root / "in" / name).write_bytes(content)
        waiting = list(range(len(files)))
        while waiting:
            reason = _run(office, root, [names[index] for index in waiting], seconds)
            done = [index for index in waiting if _output(root, index) is not None]
            for index in done:
                results[index] = Converted(_output(root, index) or b"")
            # The program takes them in order: what it passed over could not be opened, what it was at when it ended
            # ended it.
            reached = len(waiting) if not reason else (waiting.index(done[-1]) + 1 if done else 0)
            for index in waiting[:reached]:
                if index not in done:
                    results[index] = Converted(b"", "damaged_office")
            if reached < len(waiting):
                results[waiting[reached]] = Converted(b"", reason)
            waiting = waiting[reached + 1 :]
    return results


def _output(root: Path, index: int) -> bytes | None:
    try:
        return (root / "out" / f"{index:05d}.docx").read_bytes()
    except OSError:
        return None


def _run(office: Office, root: Path, names: Sequence[str], seconds: float) -> str:
    """One run of the program over these files; "" if it went through, else why it ended before."""
    command = [
        office.program,
        _profile_option(root / "profile"),
        *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", _FILTER, "--outdir", str(root / "out")),
        *(str(root / "in" / name) for name in names),
    ]
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "http_proxy": _NO_NETWORK, "https_proxy": _NO_NETWORK}
    if sys.platform != "win32":
        environment["HOME"] = str(root)
    try:
        with _started(command, environment) as process:
            return _watched(process, root / "out", seconds)
    except OSError:
        return "office_died"


def _watched(process: subprocess.Popen[bytes], out: Path, seconds: float) -> str:
    """Wait for the program; each file it writes gives it time for the next."""
    count = -1
    limit = time.monotonic() + _START_SECONDS
    while process.poll() is None:
        if (written := sum(1 for _ in out.iterdir())) != count:
            count = written
            limit = max(limit if count <= 0 else 0.0, time.monotonic() + seconds)
        if time.monotonic() > limit:
            return "office_too_slow"
        time.sleep(_STEP)
    return "" if process.returncode == 0 else "office_died"


@contextlib.contextmanager
def _started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is gone with all its children in the end."""
    windows = sys.platform == "win32"
    if not windows:
        command = ["/bin/sh", "-c", f'ulimit -S -v {_MEMORY} 2>/dev/null; exec "$0" "$@"', *command]
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=not windows,
        creationflags=flags if windows else 0,
    )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    kill_tree(process.pid)  # its group too: its own starter may be gone already
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(30)


def _profile_option(folder: Path) -> str:
    return f"-env:UserInstallation={folder.resolve().as_uri()}"


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")
