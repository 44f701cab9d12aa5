"""Words on a page -> lines in reading order.

A row is what stands on one baseline; its pieces are parted by wide gaps. Where neighbouring rows share a gap (a
gutter), they are two columns, as the letterhead (issuer | state title) and the end (Nơi nhận | signature) of every
Vietnamese paper are: the left column is read whole, then the right one. Everything else is read row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from pipeline.readers.pdf_page import Word, is_stamp

# All distances are in heights of the words beside them (the height of a character's box, about 0.9 of its size).
_SAME_BASE = 0.3  # words whose baselines differ by less stand in one row
_SAME_ROW = 0.5  # rows that share no column of the page and are this near are one: columns set in different sizes
_PIECE_GAP = 0.9  # a gap this wide parts two pieces; justified lines seldom have one
_JUMP_GAP = 0.35  # the same where the file's own order jumps, as it does between the cells of a table
_GUTTER = 0.5  # the least width that all rows of two columns leave free
_SURE_GUTTER = 3.0  # a gutter this wide needs no second row to prove it
_TYPED_GUTTER = 2.0  # one within lines that the file has as a whole (set with spaces or tabs)
_LEFT_STEP = 2.2  # the left column ends where its next line is farther below
_COLUMN_GAP = 9.0  # both columns end where nothing stands for this height: room for a signature is less
_LEAST_LEFT = 50.0  # points: a narrower left column is the numbers of a list
_DEPTH = 3  # columns within columns
_MOST_ROWS = 300  # of a page that is looked at for columns; more are figures or a drawing, and would take long
_MOST_PAIRS = 10_000  # of words in two rows that are compared


class Line(NamedTuple):
    """Words in a row, from left to right; `base` is the baseline, `height` that of its words without high accents."""

    words: tuple[Word, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    height: float

    @property
    def text(self) -> str:
        return "".join(text for text, _ in spaced(self.words))


Block = list[Line]


def line_of(words: Sequence[Word]) -> Line:
    """The line that words of one row make."""
    ordered = tuple(sorted(words, key=lambda word: word.x0))
    return Line(
        ordered,
        ordered[0].x0,
        max(word.x1 for word in ordered),
        min(word.top for word in ordered),
        max(word.bottom for word in ordered),
        median_low([word.base for word in ordered]),
        sorted(word.height for word in ordered)[len(ordered) // 4],
    )


def spaced(words: Sequence[Word]) -> Iterator[tuple[str, Word]]:
    """A line's words with a blank in front of each but the first, and of those that touch the one before."""
    previous: Word | None = None
    for word in words:
        glued = previous is None or _glued(previous, word)
        yield (word.text if glued else " " + word.text), word
        previous = word


def _glued(left: Word, right: Word) -> bool:
    """Whether two words that the file has in different places are one: they touch, and neither was stamped on."""
    if left.stamped or right.stamped or right.order == left.order + 1:
        return False
    return right.x0 - left.x1 < 0.05 * right.height


def flow(words: list[Word], depth: int = 0) -> list[Block]:
    """The blocks of a page (or a column) in reading order; the lines of a block stand below one another."""
    rows = rows_of(words)
    pieces = [_pieces(row) for row in rows] if depth < _DEPTH and len(rows) <= _MOST_ROWS else []
    blocks: list[Block] = []
    plain: Block = []
    index = 0
    while index < len(rows):
        region = _columns(rows, pieces, index, index - len(plain)) if pieces else None
        if region is None:
            plain.append(line_of(rows[index]))
            index += 1
            continue
        first, last, middle = region
        for _ in range(index - first):  # rows above that proved to be the start of the right column
            plain.pop()
        if plain:
            blocks.append(plain)
            plain = []
        inside = [word for row in rows[first:last] for word in row]
        blocks.extend(flow([word for word in inside if word.x0 < middle], depth + 1))
        blocks.extend(flow([word for word in inside if word.x0 >= middle], depth + 1))
        index = last
    if plain:
        blocks.append(plain)
    return blocks


def rows_of(words: list[Word]) -> list[list[Word]]:
    """Words grouped by baseline, from top to bottom, each row from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(_sideways_joined(words), key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base <= _SAME_BASE * max(word.height, rows[-1][0].height):
            rows[-1].append(word)
        else:
            rows.append([word])
    merged: list[list[Word]] = []
    for row in rows:
        if merged and _one_row(merged[-1], row):
            merged[-1].extend(row)
        else:
            merged.append(row)
    return [sorted(row, key=lambda word: word.x0) for row in merged]


def _one_row(above: list[Word], below: list[Word]) -> bool:
    """Whether two rows are one: nearly on one baseline (a raised number, a number stamped on, columns set in
    different sizes) and nowhere above each other."""
    nearest = min(word.height for word in (*above, *below))
    raised = max(above[0].height, below[0].height) if nearest < 0.8 * max(above[0].height, below[0].height) else nearest
    if below[0].base - above[0].base > _SAME_ROW * raised:
        return False
    if len(above) * len(below) > _MOST_PAIRS:
        return False
    taken = sorted((word.x0, word.x1) for word in above)
    return all(x1 <= word.x0 + 1 or x0 >= word.x1 - 1 for word in below for x0, x1 in taken)


def _sideways_joined(words: list[Word]) -> Iterator[Word]:
    """Words printed sideways (heads of narrow columns) joined to one upright word for each run of them."""
    run: list[Word] = []
    for word in words:
        if run and (word.turn != run[0].turn or word.order != run[-1].order + 1):
            yield _sideways(run)
            run = []
        if word.turn % 2:
            run.append(word)
        else:
            yield word
    if run:
        yield _sideways(run)


def _sideways(run: list[Word]) -> Word:
    text = " ".join(word.text for word in run)
    x0, x1 = min(word.x0 for word in run), max(word.x1 for word in run)
    top, bottom = min(word.top for word in run), max(word.bottom for word in run)
    step = (x1 - x0) / len(text)
    middle = (top + bottom + min(x1 - x0, bottom - top)) / 2
    edges = (*(x0 + step * i for i in range(len(text))), x1)
    return Word(text, x0, x1, top, bottom, middle, edges, run[0].bold, run[0].order)


# --- columns ------------------------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """Words of a row without a wide gap; `jump`: the file's order jumps in front of it."""

    x0: float
    x1: float
    letters: int
    jump: bool


def _pieces(row: list[Word]) -> list[_Piece]:
    groups: list[list[Word]] = []
    jumps: list[bool] = []
    for word in row:
        if groups:
            last = groups[-1][-1]
            tall = max(word.height, last.height)
            jump = word.order != last.order + 1
            if word.x0 - last.x1 <= (_JUMP_GAP if jump else _PIECE_GAP) * tall:
                groups[-1].append(word)
                continue
            jumps.append(jump)
        else:
            jumps.append(False)
        groups.append([word])
    return [
        _Piece(group[0].x0, max(w.x1 for w in group), sum(c.isalpha() for w in group for c in w.text), jump)
        for group, jump in zip(groups, jumps, strict=True)
    ]


def _columns(
    rows: list[list[Word]], pieces: list[list[_Piece]], index: int, floor: int
) -> tuple[int, int, float] | None:
    """The rows [first, last) around row `index`, none above `floor`, that are two columns, and the x between them;
    None where there are no columns."""
    if len(pieces[index]) < 2:
        return None
    gaps = [(right.x0 - left.x1, left.x1, right.x0) for left, right in pairwise(pieces[index])]
    for _, low, high in sorted(gaps, reverse=True)[:3]:
        if (found := _Region(rows, pieces, index, low, high).grow(floor)) is not None:
            return found
    return None


class _Region:
    """Two columns that grow from one row that has both."""

    def __init__(self, rows: list[list[Word]], pieces: list[list[_Piece]], index: int, low: float, high: float) -> None:
        self._rows = rows
        self._pieces = pieces
        self._index = index
        self.low = low
        self.high = high
        self._height = median_low([word.height for word in rows[index]])
        self._both = 0  # rows with text on both sides
        self._single = 0  # rows with text on one side
        self._jumps = 0
        self._letters = 0  # on the right
        self._left = float("inf")

    def grow(self, floor: int) -> tuple[int, int, float] | None:
        """The rows of both columns [first, last) and the x between them, None where two columns are not proved."""
        rows = self._rows
        last = self._index
        left_base = right_base = rows[last][0].base
        while last < len(rows):
            base = rows[last][0].base
            side = self._side(last)
            if side is None or base - max(left_base, right_base) > _COLUMN_GAP * self._height:
                break
            if side == "left" and base - left_base > _LEFT_STEP * self._height:
                break
            if not self._take(last):
                break
            left_base = base if side != "right" else left_base
            right_base = base if side != "left" else right_base
            last += 1
        first = self._above(floor)
        return (first, last, (self.low + self.high) / 2) if self._proved() else None

    def _above(self, floor: int) -> int:
        """The first row: lines of the right column may begin above the left one's first."""
        rows = self._rows
        first = index = self._index
        while index > floor and rows[index][0].base - rows[index - 1][0].base <= _LEFT_STEP * self._height:
            index -= 1
            side = self._side(index)
            if side is None or side == "both" or not self._take(index):
                break
            if side == "right":
                first = index
        return first

    def _side(self, row: int) -> str | None:
        """ "left", "right" or "both"; None for a row that crosses the gutter."""
        middle = (self.low + self.high) / 2
        least = _GUTTER * self._height
        sides = set()
        for piece in self._pieces[row]:
            if (piece.x0 + piece.x1) / 2 < middle:
                if piece.x1 > self.high - least:
                    return None
                sides.add("left")
            else:
                if piece.x0 < self.low + least:
                    return None
                sides.add("right")
        return "both" if len(sides) == 2 else sides.pop()

    def _take(self, row: int) -> bool:
        """Narrow the gutter to what this row leaves free; False where too little would be left."""
        middle = (self.low + self.high) / 2
        pieces = self._pieces[row]
        left = [piece for piece in pieces if (piece.x0 + piece.x1) / 2 < middle]
        right = [piece for piece in pieces if (piece.x0 + piece.x1) / 2 >= middle]
        low = max([self.low, *(piece.x1 for piece in left)])
        high = min([self.high, *(piece.x0 for piece in right)])
        if high - low < _GUTTER * self._height:
            return False
        self.low, self.high = low, high
        self._both += bool(left and right)
        self._single += not (left and right)
        self._jumps += bool(left and right and right[0].jump)
        self._letters += sum(piece.letters for piece in right)
        self._left = min([self._left, *(piece.x0 for piece in left)])
        return True

    def _proved(self) -> bool:
        width = (self.high - self.low) / self._height
        if self._letters < 3 or self.low - self._left < _LEAST_LEFT:
            return False
        if width >= _SURE_GUTTER:
            return True
        if self._jumps == 0 and width < _TYPED_GUTTER:
            return False
        return self._both >= 2 or (self._single >= 1 and width >= _PIECE_GAP)


# --- stamps printed on the page itself ----------------------------------------------------------------------------


def without_printed_stamps(words: list[Word]) -> tuple[list[Word], list[str]]:
    """Leave out the lines of a signature's stamp that became part of the page: the line with the second of signing
    and those above and below it that speak of the signature."""
    if not any(word.text.count(":") == 2 for word in words):
        return words, []
    pieces: list[list[Word]] = []
    for row in rows_of(words):
        for word in row:
            last = pieces[-1][-1] if pieces else None
            beside = last is not None and abs(last.base - word.base) <= _SAME_BASE * word.height
            if last is not None and beside and 0 <= word.x0 - last.x1 <= _PIECE_GAP * word.height:
                pieces[-1].append(word)
            else:
                pieces.append([word])
    stamps = [piece for piece in pieces if is_stamp(" ".join(word.text for word in piece))]
    timed = [piece for piece in stamps if any(word.text.count(":") == 2 for word in piece)]
    near = [
        piece
        for piece in stamps
        if any(abs(piece[0].base - at[0].base) <= 6 * at[0].height and _overlap(piece, at) for at in timed)
    ]
    gone = {id(word) for piece in near for word in piece}
    kept = [word for word in words if id(word) not in gone]
    return kept, [" ".join(word.text for word in piece) for piece in near]


def _overlap(first: list[Word], second: list[Word]) -> bool:
    return first[0].x0 < second[-1].x1 and second[0].x0 < first[-1].x1
