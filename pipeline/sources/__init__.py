"""Where plans come from: files, folders, patterns, archives, lists of addresses, web addresses, buckets.

    find_documents(sources)     each document with its size and a mark of change, and what is wrong with a source
    portions(documents)         what is fetched at a time
    fetched(documents)          those from afar as temporary files

An address may hold what opens it (a password, a signature): only `Document.location` has that, which goes into no
database, log, message or report.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from pipeline.errors import KehoachError, UnreadableError
from pipeline.files import find_files
from pipeline.readers import configured
from pipeline.readers.archive import INSIDE, archive_suffixes
from pipeline.readers.base import MEBIBYTE, megabytes
from pipeline.sources import remote, web
from pipeline.sources.address import WEB, SourceError, is_address, local_path, scheme_of
from pipeline.sources.document import Document, Opened, on_disk

__all__ = ["Document", "SourceError", "fetched", "find_documents", "portions"]

FETCH_SECONDS = 900.0  # for one document; 200 MB over a line of 2 megabits a second
_AT_ONCE = 8  # addresses that are looked at side by side
_PORTION = 64  # documents that lie on the disk at a time ...
_PORTION_BYTES = 1024 * MEBIBYTE  # ... and what they may have there together
_LISTS = (".txt", ".urls", ".lst")
_LIST_BYTES = 8 * MEBIBYTE  # of a list of addresses; a hundred thousand have as many
_BLOCK = 1 << 20


def find_documents(sources: Iterable[str | Path | Document]) -> tuple[list[Document], list[KehoachError]]:
    """The documents of all sources, each once, in their order; and what is wrong with those that have none.

    A source is what `find_files` takes, an address (of a web server, or of what fsspec opens: a document or a folder of
    them), or a text file of addresses, one on a line, "#" before what is none.
    """
    found: dict[str, Document] = {}
    errors: list[KehoachError] = []
    given = [line for source in sources for line in _lines(source)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for part in pool.map(_look, given):
            if isinstance(part, KehoachError):
                errors.append(part)
                continue
            documents, wrong = part
            errors += wrong
            for document in documents:
                found.setdefault(document.name, document)
    return list(found.values()), errors


def portions(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """The documents in parts that have room on the disk at a time."""
    part: list[Document] = []
    size = 0
    for document in documents:
        if part and (len(part) == _PORTION or size + (document.size or 0) > _PORTION_BYTES):
            yield part
            part, size = [], 0
        part.append(document)
        size += document.size or 0
    if part:
        yield part


@contextmanager
def fetched(documents: Sequence[Document]) -> Iterator[tuple[dict[str, Document], list[KehoachError]]]:
    """Documents from afar as temporary files: path -> document, and why others could not be fetched. The files are gone
    afterwards. Their names are numbers: what a source calls a document decides nothing but its suffix."""
    files: dict[str, Document] = {}
    errors: list[KehoachError] = []
    with tempfile.TemporaryDirectory(prefix="kehoach-", ignore_cleanup_errors=True) as folder:
        for number, document in enumerate(documents):
            try:
                files[_fetch(document, Path(folder, str(number)))] = document
            except KehoachError as error:
                errors.append(error)
        yield files, errors


def _lines(source: str | Path | Document) -> Iterator[str | Document]:
    """The source, or the addresses that it lists."""
    if isinstance(source, Document):
        yield source
    else:
        given = local_path(str(source))
        yield from _listed(given) or [given]


def _listed(path: str) -> list[str]:
    """The addresses of a text file that has nothing else."""
    file = Path(path)
    try:
        if file.suffix.lower() not in _LISTS or not file.is_file() or file.stat().st_size > _LIST_BYTES:
            return []
        lines = [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, ValueError):  # the reader of plans says what is wrong with it
        return []
    lines = [line for line in lines if line and not line.startswith("#")]
    return lines if all(map(is_address, lines)) else []


def _look(source: str | Document) -> tuple[list[Document], list[KehoachError]] | KehoachError:
    try:
        if isinstance(source, Document):
            return [source], []
        if not is_address(source):
            files, errors = find_files([source])
            return [on_disk(path) for path in files], errors
        whole = source.partition(INSIDE)[0]  # what is in an archive comes with it
        if scheme_of(whole) in WEB:
            return [web.look(whole)], []
        return remote.look(whole), []
    except KehoachError as error:
        return error


def _fetch(document: Document, path: Path) -> str:
    """The path of a document's copy."""
    away = web if scheme_of(document.location) in WEB else remote
    try:
        with away.opened(document) as opened:
            copy = path.with_suffix(opened.suffix)
            _copy(opened, document, copy)
    except KehoachError:
        raise
    except Exception as error:  # a line that breaks, in the words of one of many libraries
        raise away.failure(document.location, error) from None
    return copy.as_posix()


def _copy(opened: Opened, document: Document, path: Path) -> None:
    """Copies what is open, within the limits of what readers take."""
    most = configured().archive if opened.suffix in archive_suffixes() else configured().bytes
    end = monotonic() + FETCH_SECONDS
    size = 0
    with path.open("wb") as copy:
        while block := opened.file.read(_BLOCK):
            size += len(block)
            if size > most:
                raise UnreadableError("too_large", document.name, size=megabytes(size), limit=megabytes(most))
            if monotonic() > end:
                raise SourceError("source_away", document.name, reason=f"> {FETCH_SECONDS:.0f} s")
            copy.write(block)
    if opened.size is not None and size < opened.size:
        raise SourceError("source_away", document.name, reason=f"{size} < {opened.size} bytes")
