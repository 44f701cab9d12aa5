"""What the rules pass on: a number as its clause states it, and what a line says once for all."""

from __future__ import annotations

import msgspec

from extractors.targets.periods import Period, Time
from extractors.targets.quantities import Quantity
from models.plan import Baseline, Change, Comparator

Extent = tuple[int, int]


class Reading(msgspec.Struct):
    """A number as its clause states it.

    `lead` is where its comparator or verb begins, `end` where its unit (and "trở lên") ends. `head` and `phrase` are
    the words before and behind it that say what is measured (`head_words` where they stand elsewhere), `borrowed` a
    predicate that stands with a later number.
    """

    quantity: Quantity
    clause: Extent
    lead: int
    end: int
    sign: Comparator = "="
    compared: bool = False  # a comparator stands there, or one holds for the chain
    level: bool = False  # a verb of reaching or having
    worked: bool = False  # a verb whose count is something to reach
    carried: bool = False  # the verb of reaching stands with the number before: "có 12 bác sĩ và 30 giường bệnh"
    aimed: bool = False  # "phấn đấu" and the like
    urged: bool = False  # such a word stands right before the number
    approximate: bool = False
    change: Change | None = None
    verb: Change | None = None  # of the verb of change that opens the clause, whatever the number states
    head: Extent | None = None
    head_words: str | None = None
    phrase: Extent | None = None
    borrowed: Extent | None = None
    before: Extent | None = None  # what stands before the lead, whatever it turns out to be
    loose: Extent | None = None  # a "trở lên" inside the phrase
    raised: bool = False  # money that is to come in: "huy động 12 tỷ đồng"
    award: str | None = None  # what is done to those counted: "được đề nghị tặng Giấy khen"
    subject: str | None = None
    time: Time | None = None
    nested: bool = False  # inside the statement of the number before
    inherited: bool = False  # the head is another number's or a label's
    none: bool = False  # "không có ca tử vong"
    part_of: Reading | None = None
    baseline: Baseline | None = None
    told: bool = False  # its sentence opens with the present state: "Hiện nay ..."
    label: str = ""  # the folded labels that open its line


class Context(msgspec.Struct):
    """What a line says once for what follows it in it, or for the lines below it."""

    head: str | None = None
    own: bool = False  # the head is a label of this line
    subject: str | None = None
    time: Time | None = None
    change: Change | None = None  # of the verb that opens the label: "Giảm tỷ lệ sinh: "
    part: bool = False  # "trong đó:" stands above
    label: str = ""  # all labels, folded


class Line(msgspec.Struct):
    """A line while it is read. `key` is the folded text, `year` the plan's own; `context` is what it leaves for the
    lines that hang below it."""

    text: str
    key: str
    year: int | None = None
    context: Context = msgspec.field(default_factory=Context)
    readings: list[Reading] = msgspec.field(default_factory=list)


def periods_of(reading: Reading) -> tuple[Period | None, ...]:
    """The periods that a reading holds for: one target each."""
    return reading.time.periods if reading.time and reading.time.periods else (None,)


def year_of(time: Time | None) -> int | None:
    """The last year that a time names first."""
    if time is None or not time.periods:
        return None
    period = time.periods[0]
    return int((period.end or period.start or "0")[:4]) or None
