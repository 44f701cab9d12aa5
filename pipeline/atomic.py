"""Files that are there whole or not at all: written beside their place, then put into it."""

from __future__ import annotations

import os
import secrets
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
