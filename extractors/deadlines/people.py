"""Who has to do it and whom it goes to, in the text's words."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.deadlines.around import last_match
from extractors.deadlines.grammar import compiled, grammar
from extractors.deadlines.scene import TIMES, Place, Scene
from extractors.tasks.actors import called, has_work, opens_unit, shared_subject, split_lead, unit_at
from extractors.vietnamese import tone_key
from models.outline import Item
from models.plan import Deadline

_BACK = 400  # how far before a time its clause is read
_AHEAD = 300
_EXPLAINED = 260  # how far before a preposition the verb stands that it goes with
_SHORT = 16  # characters of the bound words between who acts and when
_GIVING = ("cho ", "đến ", "tới ")
_LONGEST = 1500  # characters of a task's text that are read for its recipient


# --- whom it goes to ----------------------------------------------------------------------------------------------


def recipient(place: Place, start: int, end: int, scene: Scene, following: int | None = None) -> str | None:
    """Whom the work due at `[start, end)` goes to: the unit behind "gửi về", "báo cáo", with the unit in between in
    brackets; None where nobody is named. The words of the purpose ("để tổng hợp, báo cáo UBND tỉnh") do not count.

    The clause before the time is read first, then what follows it, then the clause before; for a labelled line or a
    column of times the task that it belongs to. `following` is where the next time of the clause starts: what stands
    between two times belongs to the first only where that one opens its part of the sentence.
    """
    if _in_label(place, start, scene):
        own = max(place.clause[0], place.start)
        return _within(scene, own, max(own, start - _BACK), start, nearest_last=True)
    for item in _tasks_beside(place, scene):
        if found := _within(scene, item.start, item.start, item.end, nearest_last=True):
            return found
    if place.setting in ("label", "cell", "heading"):
        return None  # "due" labels are read like text: they name their own work
    first, last = place.clause
    found = _within(scene, first, max(first, start - _BACK), start, nearest_last=True)
    if found is None:
        # A time inside its part of the sentence leaves what stands before the next time to that one; what stands
        # behind a whole list of times is shared.
        before = scene.low[first:start].rstrip()
        opens = not before or before.endswith((",", ":", ";"))
        ahead = min(last, end + _AHEAD)
        purpose = compiled("people", "purpose").search(scene.low, end, ahead)
        behind = end if following is None or following >= last or opens else following
        found = _within(scene, first, behind, purpose.start() if purpose else ahead, nearest_last=False)
    if found is None and first > place.sentence[0]:
        back = max(place.sentence[0], first - _AHEAD)
        found = _within(scene, back, back, first, nearest_last=True)
    if found is None and last < place.sentence[1]:
        found = _from_following(place, scene)
    if found and "(qua" not in found and (via := _via_behind(scene, end, place.end)):
        return f"{found} (qua {via})"
    return found


def _from_following(place: Place, scene: Scene) -> str | None:
    """ "Báo cáo tháng trước ngày 05; báo cáo năm trước ngày 10/12 về Chi cục ...": the end says it for both."""
    reporting = compiled("people", "reporting")
    start, stop = place.clause[1] + 1, min(place.sentence[1], place.clause[1] + _AHEAD)
    if not reporting.match(scene.low, place.clause[0]) or not reporting.match(scene.low, start):
        return None
    return _within(scene, start, start, stop, nearest_last=False)


def _via_behind(scene: Scene, end: int, limit: int) -> str | None:
    """The unit in between right behind the time ("... trước ngày 20/5 (qua Phòng Nghiệp vụ Y)")."""
    text = scene.clean[end : min(limit, end + 160)]
    return _via(text, tone_key(text), 0) if text.startswith((" (qua ", " (thông qua ", " qua ")) else None


def _tasks_beside(place: Place, scene: Scene) -> Iterator[Item]:
    """The tasks that a labelled time or a time column belongs to, the nearest first."""
    item = place.item
    if item is None or place.setting not in ("label", "cell"):
        return
    if place.setting == "cell" and place.columns is not None:
        yield from scene.cell_items.get((item.table or 0, item.row or 0, place.columns.task), ())
    elif block := scene.blocks.get(item.index):
        # The time may be the last sentence of the task itself ("... gửi Bộ Y tế. Thời gian hoàn thành: ...").
        yield from reversed([task for task in block.tasks if task.start <= item.start])


def _within(scene: Scene, first: int, start: int, stop: int, nearest_last: bool) -> str | None:
    """The unit named within `[start, stop)`; `first` is where the words that explain it may begin."""
    first, stop = max(first, start - _EXPLAINED), min(stop, start + _LONGEST)
    text = scene.clean[first:stop]
    key = tone_key(text)
    names: list[tuple[int, int, str]] = []
    for match in compiled("people", "to").finditer(key, start - first):
        people = compiled("people", "receivers").match(key, match.end()) if match.group() in _GIVING else None
        if not (people or opens_unit(key, match.end())) or not _really_to(key, match.start(), match.group()):
            continue
        if people:
            names.append((1, people.end(), text[people.start() : people.end()]))
            continue
        if name := unit_at(text, key, match.end(), len(text)):
            verb = match.group().split()[0]
            names.append((2 if verb in ("về", "gửi", "nộp") else 1, name.end, text[name.start : name.end]))
    if not names:
        return None
    best = max(weight for weight, _, _ in names)
    chosen = [entry for entry in names if entry[0] == best]
    _, name_end, words = chosen[-1] if nearest_last else chosen[0]
    via = _via(text, key, name_end)
    return f"{words} (qua {via})" if via else words


def _really_to(key: str, at: int, words: str) -> bool:
    """Whether a preposition names whom something goes to, not a copy, a purpose or a topic."""
    before, verb = key[max(0, at - 30) : at], words.split()[0]
    if compiled("people", "copy").search(before + words.rstrip()):
        return False
    if compiled("people", "purpose").search(key, max(0, at - 60), at):
        return False
    if verb == "cho" and compiled("people", "given").search(key, max(0, at - 120), at):
        return True
    if verb in ("đến", "cho", "tới", "với"):
        return bool(compiled("people", "sent").search(key, max(0, at - 120), at))
    if verb == "về":
        return bool(compiled("people", "reported").search(key, max(0, at - _EXPLAINED - 10), at))
    return not (verb == "trình" and before.endswith(tuple(grammar()["people"]["inside"])))


def _via(text: str, key: str, start: int) -> str | None:
    """The unit in between, right behind the name or later in the same clause ("... về kết quả (qua Sở Nội vụ)")."""
    match = compiled("people", "via").search(key, start)
    if not match or not opens_unit(key, match.end()) or ";" in key[start : match.start()]:
        return None
    close = key.find(")", match.end()) if match.group().startswith("(") else -1
    name = unit_at(text, key, match.end(), close if close > 0 else len(text))
    return text[name.start : name.end] if name else None


def handed_on(place: Place, before: Deadline, start: int, scene: Scene) -> tuple[str | None, str | None] | None:
    """Who passes on what was sent, and to whom: "gửi về Sở Y tế trước ngày 15/6 để tổng hợp, báo cáo Bộ Y tế trước ngày
    20/6" makes the Sở Y tế responsible for the second day. None where nothing is passed on."""
    if before.recipient is None or before.span.start < place.clause[0] or before.span.end > start:
        return None
    purpose = compiled("people", "purpose").search(scene.low, before.span.end, start)
    if purpose is None:
        return None
    to = _within(scene, purpose.end(), purpose.end(), start, nearest_last=True)
    return before.recipient.split(" (qua ")[0], to


def own_part(place: Place, before: Deadline, start: int, scene: Scene) -> str | None:
    """Who is named between two times of one clause: "các bệnh viện nộp trước ngày 10/3, các trạm y tế (nộp) trước ngày
    15/3". A unit without a verb counts where it is of the same sort as the first one; else it may be a recipient."""
    if before.span.start < place.clause[0] or not before.span.end < start <= before.span.end + _BACK:
        return None
    between = scene.clean[before.span.end : start]
    words = between.lstrip(" ,").removeprefix("còn ").removeprefix("và ")
    key = tone_key(words)
    if not between.startswith((",", " và ", " còn ")) or not opens_unit(key):
        return None
    begin = start - len(words)
    name = scene.subject(begin, start)
    if name is None or scene.clean.find(name, begin, start) != begin:
        return None
    if has_work(scene.clean[begin + len(name) : start]):
        return name
    alike = before.responsible is not None and key.split()[0] == tone_key(before.responsible).split()[0]
    return name if alike and not key[len(name) :].strip(" :,") else None


# --- who has to do it ---------------------------------------------------------------------------------------------


def responsible(place: Place, at: int, end: int, scene: Scene) -> str | None:
    """Who has to do what is due at `[at, end)`.

    In this order: the row's column or the labelled line beside it; the subject of its own clause; the subject that
    opens its item; the items above it; the unit that a heading names.
    """
    item = place.item
    if item is None:
        return scene.heading_unit(place.section) if place.section is not None else None
    if place.columns is not None:
        lead = scene.cell(place.columns, item.row, place.columns.lead)
        return lead.strip(" .;,") if lead else None
    if own := _in_label(place, at, scene):
        return own
    if told := scene.told_inside(item, "lead"):
        return split_lead(told)[0] or None
    block = scene.blocks.get(item.index)
    if block is not None and block.lead and (lead := scene.lead_words(block)):
        return lead
    if place.setting == "label" and place.start > item.start and scene.role_of(item) not in TIMES:
        name = _from_sentence(place, item, at, end, scene)  # "- Phòng A: Kiểm tra bếp ăn. Thời gian thực hiện: quý I."
        if name:
            return name
    if place.setting == "label" and block is not None:
        inside = {task.index for task in block.tasks}
        for task in reversed(block.tasks):
            if task.parent not in inside and (name := _opening(task, scene)):
                return name
        return _from_parents(item, scene) or _from_headings(item, scene)
    return (
        _from_sentence(place, item, at, end, scene)
        or _from_parents(item, scene)
        or _from_numbered(item, scene)
        or _from_headings(item, scene)
    )


def _in_label(place: Place, at: int, scene: Scene) -> str | None:
    """The subject of the words between a label and the time: "Thời hạn: Các xã gửi kết quả trước ngày 30/9"."""
    start = max(place.clause[0], place.start)
    if place.setting != "label" or at - start < 8:
        return None
    name = scene.subject(start, place.clause[1])
    stands = scene.clean.find(name, start, at) if name else -1
    works = stands >= 0 and has_work(scene.clean[stands + len(name or "") : at])
    return name if works else None  # not the people of a name ("Theo Kế hoạch bồi dưỡng công chức, viên chức hằng năm")


def _from_sentence(place: Place, item: Item, at: int, end: int, scene: Scene) -> str | None:
    """The subject of the clause, else of the sentence's earlier clauses, else of the item's earlier sentences."""
    before = scene.clean[max(place.clause[0], at - _BACK) : at]
    if agent := _agent(before):
        return agent
    if own := _subject(scene, *place.clause):
        return own
    if not before.strip() and (behind := _subject(scene, end, place.clause[1])):
        return behind  # "Trong vòng 05 ngày kể từ ngày nhận được Kế hoạch này các đơn vị ..."
    if counted := shared_subject(before) or called(before):
        return counted
    earlier = [name for clause in scene.clauses_before(place) if (name := _subject(scene, *clause))]
    if len(set(earlier)) > 1 and place.section is not None and (heading := scene.heading_unit(place.section)):
        return heading  # several subjects in one sentence: all of them are meant
    if earlier:
        return earlier[-1]
    for sentence in reversed(scene.sentences_before(item, at)):
        if name_before := _subject(scene, *sentence):
            return name_before
    return None


def _agent(before: str) -> str | None:
    """Who does it by the last words before a time ("... do Phòng Nghiệp vụ Y thực hiện quý II")."""
    key = tone_key(before)
    by = last_match(compiled("people", "agent"), key)
    name = unit_at(before, key, by.end(), len(before)) if by else None
    acts = compiled("people", "acts").match(key, name.end) if name else None
    ends = acts is not None and len(key) - acts.end() < _SHORT
    return before[name.start : name.end] if name and ends else None


def _subject(scene: Scene, start: int, end: int) -> str | None:
    return scene.subject(start, end)


def _opening(item: Item, scene: Scene) -> str | None:
    return _subject(scene, *scene.sentence(item.start, item.start, item.end))


def _from_parents(item: Item, scene: Scene) -> str | None:
    parent, seen = item.parent, 0
    while parent is not None and seen < 6:
        above = scene.outline.items[parent]
        if name := _opening(above, scene):
            return name
        parent, seen = above.parent, seen + 1
    return None


def _from_numbered(item: Item, scene: Scene) -> str | None:
    """The subject of the numbered sentence that a plain paragraph goes on with (a PDF parts them)."""
    if item.marker is not None or item.table is not None:
        return None
    for above in reversed(scene.outline.items[max(0, item.index - 4) : item.index]):
        if above.section != item.section or above.table is not None:
            return None
        if above.marker is not None:
            return _opening(above, scene) if above.marker[:1].isalnum() else None
    return None


def _from_headings(item: Item, scene: Scene) -> str | None:
    for section in scene.outline.ancestors(item.section):
        if unit := scene.heading_unit(section):
            return unit
    return None
