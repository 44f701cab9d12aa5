"""The fields of a fact as inputs of a form, and what a person put into them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from dashboard.rendering import say, word_for
from models.plan import Bound, Change, Comparator, DeadlineKind, Precision, Relation
from pipeline.errors import KehoachError
from pipeline.store.corrections import FIELDS, Fact, Kind

_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(DeadlineKind),
    "bound": get_args(Bound),
    "precision": get_args(Precision),
    "relation": get_args(Relation),
    "comparator": get_args(Comparator),
    "change": get_args(Change),
}
_WORDS = {"kind": "deadline_kind"}
_NEEDED = {"kind", "relation", "comparator"}
_NUMBERS = {"low", "high"}
_DAYS = {"start_date", "end_date", "period_start", "period_end"}
_LISTS = {"lead", "support"}
_PREFIX = "f."


class Input(NamedTuple):
    """One input: `choices` are (value, word), none for words; `input` is the kind that HTML knows."""

    name: str
    label: str
    input: str
    value: str
    choices: tuple[tuple[str, str], ...]


def inputs_of(kind: Kind, fact: Fact) -> list[Input]:
    """The inputs of all that may be corrected."""
    return [_input(name, getattr(fact, name)) for name in FIELDS[kind]]


def _input(name: str, value: Any) -> Input:
    if name in _CHOICES:
        listed = [(each, word_for(_WORDS.get(name, name), each)) for each in _CHOICES[name]]
        choices = tuple(listed if name in _NEEDED else [("", "–"), *listed])
        return Input(_PREFIX + name, say(f"field.{name}"), "select", str(value or ""), choices)
    if name == "approximate":
        choices = (("", say("field.no")), ("1", say("field.yes")))
        return Input(_PREFIX + name, say(f"field.{name}"), "select", "1" if value else "", choices)
    return Input(_PREFIX + name, say(f"field.{name}"), "date" if name in _DAYS else "text", _written(value), ())


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def given_fields(kind: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a form gives, as values. Raises KehoachError (review_field) for what is no number."""
    fields = FIELDS.get(kind)  # type: ignore[call-overload]
    if fields is None:
        raise KehoachError("review_field", field="kind", reason=kind)
    return {name: _value(name, str(form[_PREFIX + name]).strip()) for name in fields if _PREFIX + name in form}


def _value(name: str, words: str) -> Any:
    if name == "approximate":
        return bool(words)
    if name in _LISTS:
        return [part for each in words.split(";") if (part := each.strip())]
    if not words:
        return None
    try:
        if name in _NUMBERS:
            return float(words.replace(" ", "").replace(",", "."))
        return int(words) if name == "year" else words
    except ValueError:
        raise KehoachError("review_field", field=say(f"field.{name}"), reason=words) from None
