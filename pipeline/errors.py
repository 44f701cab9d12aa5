"""What can go wrong with a document or a database, in a person's words.

Every error names the file and the reason; `code` is stable (it keys the texts in `data/messages.toml`, section
`errors`), `exit_code` is what the command line ends with when this error ends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum


class ExitCode(IntEnum):
    """How `kehoach` ends."""

    OK = 0
    FAILED = 1  # at least one document failed, or the command could not do its work
    USAGE = 2  # wrong arguments


class KehoachError(Exception):
    """A failure with a reason for people: `code` a stable key, `path` what it is about, `values` fill the message."""

    exit_code = ExitCode.FAILED

    def __init__(self, code: str, path: str = "", **values: str) -> None:
        super().__init__(code, path, values)
        self.code = code
        self.path = path
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:  # crosses process boundaries with its keyword values
        return (_rebuild, (type(self), self.code, self.path, self.values))

    def __str__(self) -> str:
        return self.message("vi")

    def message(self, language: str) -> str:
        """The words of the error in `language` ("vi" or "en"), with the path in front."""
        from data import load

        text = load("messages")["errors"][self.code][language].format(path=self.path, **self.values)
        return f"{self.path}: {text}" if self.path else text


def _rebuild(kind: type[KehoachError], code: str, path: str, values: dict[str, str]) -> KehoachError:
    return kind(code, path, **values)


def noted_reason(code: str, values: Mapping[str, str], language: str) -> str | None:
    """The words of an error that was noted by its code and values, without its path; None where a version noted it that
    had other words."""
    try:
        return KehoachError(code, **values).message(language)
    except KeyError:
        return None


def unexpected(path: str, error: BaseException) -> KehoachError:
    """What no reader foresaw: the error's kind, and its reason; of one of the database that of its driver."""
    return KehoachError("unexpected", path, reason=f"{type(error).__name__}: {getattr(error, 'orig', None) or error}")


class UnreadableError(KehoachError):
    """A document that can't be read: missing, empty, damaged, encrypted, in an unknown encoding, without text."""


class ClassifiedError(KehoachError):
    """A paper stamped MẬT, TỐI MẬT or TUYỆT MẬT, which is not taken in unless the user says so."""


class DatabaseError(KehoachError):
    """A database that can't be opened, is none, or can't be written."""
