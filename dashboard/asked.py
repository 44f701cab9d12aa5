"""What an address asks for: its parameters as values. What can't be understood asks nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import cached_property
from urllib.parse import urlencode

from fastapi import Request

from pipeline.cli.words import language
from pipeline.errors import KehoachError
from pipeline.store.finding import province_names
from pipeline.store.lists.cut import Window

_LONGEST = 200
_LAST_PAGE = 100_000
_WAYS = ("page", "sort", "view", "when", "lang")  # these say how something is shown


def way_back(path: str, otherwise: str = "/") -> str:
    """Where to go on after a form: a page of ours, and no other site."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else otherwise


class Asked:
    """The parameters of a request; `strict` where the answer is a file, which can't say what was not understood."""

    def __init__(self, request: Request, *, strict: bool = False) -> None:
        self._given = request.query_params
        self._path = request.url.path
        self._strict = strict

    def text(self, name: str) -> str | None:
        return self._given.get(name, "").strip()[:_LONGEST].replace("\0", "") or None

    def province(self) -> str | None:
        """The province that is asked for, as the maps call it; what no map has, as it is given (see `unknown`).
        Raises KehoachError for that where strict."""
        name, unknown = self._province
        if unknown and self._strict:
            raise unknown
        return name

    @property
    def unknown(self) -> str | None:
        """Why nothing can be found: no map has the province that is asked for."""
        _, unknown = self._province
        return unknown.message(language()) if unknown else None

    @cached_property
    def _province(self) -> tuple[str | None, KehoachError | None]:
        name = self.text("province")
        try:
            return (province_names(name)[0] if name else None), None
        except KehoachError as error:
            return name, error

    def number(self, name: str) -> int | None:
        value = self._given.get(name, "")
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 7 else None

    def day(self, name: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(self._given.get(name, ""))
        except ValueError:
            return None

    def choice(self, name: str, choices: Collection[str], default: str) -> str:
        value = self._given.get(name, "")
        return value if value in choices else default

    def one_of(self, name: str, choices: Collection[str]) -> str | None:
        value = self._given.get(name, "")
        return value if value in choices else None

    def window(self, size: int) -> Window:
        return Window(min(max(self.number("page") or 1, 1), _LAST_PAGE), size)

    @property
    def filtered(self) -> bool:
        """Whether it asks for a part of all that there is."""
        return any(value for name, value in self._given.items() if name not in _WAYS)

    def here(self, path: str | None = None, **changes: object) -> str:
        """This address (or another path) with the same parameters but these; None takes one out."""
        left = {name: value for name, value in self._given.items() if value and name not in changes and name != "lang"}
        left |= {name: str(value) for name, value in changes.items() if value not in (None, "")}
        return f"{path or self._path}?{urlencode(left)}" if left else path or self._path
