"""What a change starts from: "từ 23 ca năm 2020 xuống 18 ca", "giảm 5% so với trung bình 5 năm 2018 - 2022"."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.targets import wording
from extractors.targets.quantities import Quantity
from extractors.targets.readings import Line, year_of
from extractors.targets.tokens import Token, within
from models.plan import Baseline


def started_from(line: Line, quantity: Quantity, tokens: Sequence[Token]) -> Baseline:
    """ "từ 23 ca năm 2020 xuống ...": the number with its time."""
    time = next((t.time for t in tokens if t.time and t.time.periods), None)
    end = time.end if time else quantity.end
    if time and line.text.startswith(")", end):
        end += 1
    return Baseline(words=line.text[quantity.start : end], value=quantity.low, year=year_of(time))


def compared_with(line: Line, tokens: Sequence[Token], base: Token, end: int) -> Baseline | None:
    """ "so với năm 2023": what the change is measured from."""
    rest = within(tokens, base.end, end)
    stop = next((t.start for t in rest if t.sort in ("comma", "open", "close") or t.has("and") or _is_value(t)), end)
    time = next((t.time for t in rest if t.time and t.start < stop), None)
    words = wording.clean(line.text, base.end, time.end if time else stop)
    return Baseline(words=words, year=year_of(time)) if words else None


def _is_value(token: Token) -> bool:
    """Whether a token is a number of something, not of years: "so với trung bình 5 năm 2018 - 2022"."""
    return token.quantity is not None and token.quantity.kind not in ("bare", "span")
