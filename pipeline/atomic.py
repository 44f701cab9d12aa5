"""Files that are there whole or not at all: written beside their place, then put into it."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """The path of a new file in the same folder, which takes the place of `path` when the block ends well.

    Where it does not, `path` is as it was and nothing is left beside it. An OSError of the folder names `path`. `mode`
    is who may use the file, less what the process takes away.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            beside.touch(mode, exist_ok=False)
            yield beside
            os.replace(beside, path)  # noqa: PTH105 - the file that is named in its errors is the one that is asked for
        except OSError as error:
            if error.filename in (str(beside), beside):
                raise OSError(error.errno, error.strerror, str(path)) from error
            raise
    finally:
        with suppress(OSError):
            beside.unlink()


@contextmanager
def filling(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, whose files are put into that, each as one step, when the block ends well.

    `folder` is made where it is not there; other files in it stay. Where the block does not end well, they all do.
    """
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".tmp", dir=folder.parent))
    try:
        yield beside
        for file in sorted(path for path in beside.rglob("*") if path.is_file()):
            place = folder / file.relative_to(beside)
            place.parent.mkdir(exist_ok=True)
            os.replace(file, place)  # noqa: PTH105 - as one step, on Windows too
    finally:
        shutil.rmtree(beside, ignore_errors=True)
