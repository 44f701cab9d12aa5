"""The words of `data/targets.toml`, folded and compiled once: every pattern that the target rules need.

All patterns run on `extractors.vietnamese.fold` of the cleaned text, which has the same offsets as the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from data import load
from extractors import words as patterns
from extractors.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Frame:
    """What makes a number no target, by the words around it in its clause.

    `stem` ends right before the number (fillers allowed), `around` is anywhere before it (but not where a longer word
    of `unless` stands, nor behind a word of `unless_behind`), `behind` opens what follows.
    """

    name: str
    soft: bool
    stem: re.Pattern[str] | None
    around: re.Pattern[str] | None
    behind: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything compiled, named as in the data. `kinds` says what a cue word is: "cmp:>=", "after:>=", "about",
    "level", "reached", "down", "up", "aim", "part", "base", "and", "word" (no cue after all). Patterns that end in "$"
    are searched with an end.
    """

    kinds: dict[str, frozenset[str]]
    cues: str
    filler_gap: re.Pattern[str]
    aim_lead: re.Pattern[str]
    aim_strong: re.Pattern[str]
    head: re.Pattern[str]
    of_whole: re.Pattern[str]
    subject: re.Pattern[str]
    group: re.Pattern[str]
    group_end: re.Pattern[str]
    disease_end: re.Pattern[str]
    age_end: re.Pattern[str]
    predicate: re.Pattern[str]
    work_lead: re.Pattern[str]
    work_object: re.Pattern[str]
    work_given: re.Pattern[str]
    work_label: re.Pattern[str]
    makes: re.Pattern[str]
    raising: re.Pattern[str]
    raises: re.Pattern[str]
    building: re.Pattern[str]
    acts: re.Pattern[str]
    output: re.Pattern[str]
    award: re.Pattern[str]
    given_to: re.Pattern[str]
    asked: re.Pattern[str]
    counted: re.Pattern[str]
    listed: dict[str, re.Pattern[str]]
    listed_end: dict[str, re.Pattern[str]]
    stops: frozenset[str]
    population: re.Pattern[str]
    people: frozenset[str]
    names: re.Pattern[str]
    frames: tuple[Frame, ...]
    results: re.Pattern[str]
    not_results: re.Pattern[str]
    forecast: re.Pattern[str]
    criteria: re.Pattern[str]
    target_words: re.Pattern[str]
    change_lead: re.Pattern[str]
    hold_lead: re.Pattern[str]
    numbered: re.Pattern[str]
    spelled_bound: re.Pattern[str]
    stating: re.Pattern[str]
    fractions: dict[str, tuple[int, int]]
    fraction: str
    carrier: re.Pattern[str]
    scales: dict[str, int]
    scale: re.Pattern[str]
    none: re.Pattern[str]
    measure: re.Pattern[str]
    who: re.Pattern[str]
    each: re.Pattern[str]
    work_for: re.Pattern[str]
    no_phrase: re.Pattern[str]
    no_object: re.Pattern[str]
    closing: re.Pattern[str]
    closing_ends: frozenset[str]
    label_name: re.Pattern[str]
    aim_skip: re.Pattern[str]
    needs_object: re.Pattern[str]
    place: re.Pattern[str]
    grade: re.Pattern[str]
    reaching: re.Pattern[str]
    changed_to: frozenset[str]
    timed: re.Pattern[str]
    change_noun: re.Pattern[str]
    change_name: re.Pattern[str]
    told: re.Pattern[str]
    past: re.Pattern[str]
    purpose: re.Pattern[str]
    aside: re.Pattern[str]
    filter_label: re.Pattern[str]
    present: re.Pattern[str]
    measured_by: re.Pattern[str]
    same: re.Pattern[str]
    again: re.Pattern[str]
    given: re.Pattern[str]
    spelled: re.Pattern[str]
    per: re.Pattern[str]
    often: re.Pattern[str]
    span: re.Pattern[str]
    abbreviation: re.Pattern[str]


def alternation(words: Iterable[str]) -> str:
    """A pattern of all the words, folded."""
    return patterns.alternation(map(fold, words))


def word_starts(words: Iterable[str], then: str = "") -> str:
    """The same where no word goes on before them, each with the pattern `then` behind it."""
    return patterns.word_starts(map(fold, words), then)


def opening(words: Iterable[str]) -> re.Pattern[str]:
    """Matches where the text begins with one of the words."""
    return re.compile(rf"(?:{alternation(words)})(?!\w)")


def anywhere(words: Iterable[str], unless_behind: Iterable[str] = ()) -> re.Pattern[str]:
    """Matches one of the words wherever it stands as a whole word, but not right behind one of `unless_behind`."""
    behind = "".join(rf"(?<!{re.escape(fold(word))} )" for word in unless_behind)
    return re.compile(rf"{behind}(?:{word_starts(words)})(?!\w)")


def closing(words: Iterable[str]) -> re.Pattern[str]:
    """Matches where the text ends with one of the words, spaces allowed behind it."""
    return re.compile(rf"(?<!\w)(?:{alternation(words)})\s*$")


@cache
def lexicon() -> Lexicon:
    """The compiled words; the same object each time."""
    data = load("targets")
    kinds: dict[str, set[str]] = {}

    def cue(words: Iterable[str], kind: str) -> None:
        for word in words:
            kinds.setdefault(fold(word), set()).add(kind)

    for record in data["comparators"]:
        cue(record["before"], "cmp:" + record["sign"])
        cue(record.get("after", ()), "after:" + record["sign"])
    cue(data["approximate"]["words"], "about")
    cue([*data["compounds"]["words"], *data["verbs"]["unchanging"]], "word")
    for kind in ("level", "reached", "down", "up"):
        cue(data["verbs"][kind], kind)
    cue(data["aim"]["strong"], "aim")
    cue(("trong đó", "trong đó có", "bao gồm"), "part")
    cue(("so với", "so"), "base")
    cue(("và", "hoặc", "cùng với", "cũng như"), "and")

    scales = {fold(word): value for word, value in load("units")["scales"].items()}
    fractions = {fold(word): (above, below) for word, (above, below) in load("units")["fractions"].items()}
    fraction = word_starts(fractions, r"(?= (?:số|tổng số|dân số|các)(?!\w))")
    small = {name: alternation(words) for name, words in data["small"].items()}
    none = word_starts(data["none"]["lead"], " ")
    bounds = ("ít nhất", "tối thiểu", "không quá", "tối đa")
    spelled = word_starts(bounds, rf" (?:{small['spelled']})(?!\w)")
    aim = alternation(data["aim"]["words"])
    filler = alternation(data["filler"]["words"])
    groups = alternation(data["subjects"]["groups"])
    aim_open = rf"(?:(?:{aim})(?!\w) ){{0,3}}"
    return Lexicon(
        kinds={word: frozenset(kind) for word, kind in kinds.items()},
        cues=_cue_pattern(kinds),
        filler_gap=re.compile(rf"[\s,]*(?:(?:{filler})(?!\w)[\s,]*)*"),
        aim_lead=re.compile(rf"[\s,:\"“”-]*(?:(?:{aim})(?!\w)[\s,:]*)*"),
        aim_strong=anywhere(data["aim"]["strong"], data["aim"]["sources"]),
        # "mức độ 3" is a level's name
        head=re.compile(
            rf"(?!mức độ \d|(?:{alternation(data['heads']['no_heads'])})(?!\w))"
            rf"(?:{alternation(data['heads']['words'])})(?!\w)"
        ),
        of_whole=opening(data["heads"]["of_whole"]),
        subject=re.compile(
            rf"(?!(?:{alternation(data['subjects']['names'])})(?!\w))(?:{alternation(data['subjects']['words'])})(?!\w)"
        ),
        group=opening(data["subjects"]["groups"]),
        group_end=re.compile(
            rf" (?:(?P<place>(?:{small['places']}) (?:nhóm )?)(?:{groups})(?!\w)(?: \w+){{0,7}}"
            rf"|(?:{groups})(?!\w)(?: [^\W\d_]+){{0,2}})$"
        ),
        disease_end=re.compile(rf" (?:(?:bệnh|do) ){{0,2}}(?:{alternation(data['subjects']['diseases'])})$"),
        age_end=re.compile(r" (?P<who>trẻ (?:em )?|người )?(?:dưới|từ|trên) \d{1,2} (?:tháng )?tuổi(?: trở lên)?$"),
        predicate=re.compile(_without_compounds(data["predicates"])),
        work_lead=re.compile(
            rf"(?<!\w)(?<!thuốc )(?:{alternation(data['work']['verbs'])})"
            rf"(?: (?:{alternation(data['work']['added'])})){{0,2}}\s*$"
        ),
        # A verb that opens a clause, up to four words of its object behind it, none of them one that leads elsewhere.
        work_object=re.compile(
            rf"\s*{aim_open}(?:{alternation(data['work']['makes'])})(?!\w)"
            rf"(?: (?!(?:{alternation(data['work']['elsewhere'])})(?!\w))[^\W\d_]+){{0,4}}?"
            r"(?: cho)?\s*$"
        ),
        work_given=re.compile(rf"\s*{aim_open}(?:{alternation(data['work']['makes'])})(?!\w)[^\d;:]{{0,150}} cho\s*"),
        work_label=re.compile(rf"{aim_open}(?:{alternation(data['work']['makes'])})(?!\w)[^\d:;.]{{0,100}}:\s*$"),
        makes=anywhere([*data["work"]["makes"], *data["work"]["building"]]),
        raising=closing(data["work"]["raising"]),
        raises=opening(data["work"]["raising"]),
        building=closing(data["work"]["building"]),
        acts=opening(data["work"]["acts"]),
        output=opening(data["work"]["output"]),
        # "tặng Giấy khen của Giám đốc Sở cho", "khen thưởng"
        award=re.compile(
            rf"(?<!\w)(?P<deed>(?:{alternation(data['awards']['deeds'])})(?!\w)"
            r"(?: (?!(?:cho|đối với)(?!\w))[^\W\d_]+){0,8}?)(?: (?:cho|đối với))?(?: các)?\s*:?\s*$"
        ),
        given_to=opening(data["awards"]["given_to"]),
        asked=anywhere(data["awards"]["asked"]),
        counted=opening(data["counted"]["nouns"]),
        listed={name: opening(words) for name, words in data["listed"].items()},
        listed_end={name: closing(words) for name, words in data["listed"].items()},
        stops=frozenset(fold(w) for w in data["counted"]["stops"]),
        population=opening([*data["populations"]["nouns"], *data["populations"]["people"]]),
        people=frozenset(fold(w) for w in data["populations"]["people"]),
        names=closing(data["names"]["words"]),
        frames=tuple(_frame(record) for record in data["frames"]),
        results=opening(data["sections"]["results"]),
        not_results=opening(data["sections"]["not_results"]),
        forecast=re.compile(
            r"(?:(?:biểu|bảng|phụ lục|mẫu biểu)[^\n.:]{0,20}[.:]\s*)?"
            rf"(?:{alternation(data['sections']['forecasts'])})(?!\w)"
            r"(?![^\n]{0,80}(?<!\w)(?:mục tiêu|phấn đấu))"
        ),
        criteria=opening(data["sections"]["criteria"]),
        target_words=anywhere(data["sections"]["targets"]),
        hold_lead=opening(data["verbs"]["hold"]),
        change_lead=re.compile(
            rf"(?!(?:{alternation(data['verbs']['unchanging'])})(?!\w))"
            rf"(?:{alternation([*data['verbs']['down'], *data['verbs']['up']])})(?!\w)"
        ),
        # A digit, a bound that a number in words may follow, or "none".
        numbered=re.compile(rf"{'|'.join('0123456789')}|{spelled}|{fraction}|{none}"),
        spelled_bound=re.compile(f"{spelled}|{fraction}"),
        # What a number outside the targets' sections needs right before it, unless a share follows.
        stating=re.compile(
            rf"(?:(?<!\w)(?:{alternation([*_stating_words(data), *data['work']['verbs']])})"
            rf"|{alternation(w for w in kinds if not w[0].isalpha())})[\s,]*(?:(?:{filler})(?!\w)[\s,]*)*$"
        ),
        fractions=fractions,
        fraction=fraction,
        carrier=opening(data["counted"]["carriers"]),
        scales=scales,
        # "tỷ" of "tỷ lệ" is no scale word.
        scale=re.compile(rf"\s?(?:{alternation(scales)})(?!\w)(?! (?:lệ|số|suất|trọng))"),
        none=re.compile(rf"(?:{none})(?P<noun>{alternation(data['none']['nouns'])})(?!\w)"),
        measure=re.compile(alternation(data["counted"]["measures"])),
        who=opening(data["subjects"]["who"]),
        each=opening(data["subjects"]["each"]),
        work_for=re.compile(rf"(?<!\w)(?:{alternation(data['work']['verbs'])}) cho\s*$"),
        no_phrase=re.compile(rf"(?:/|(?:{small['no_phrase']})(?!\w))(?! tổng)"),
        no_object=re.compile(rf"(?:{small['no_object']})(?!\w)"),
        # "tại nơi ở", "nhà ở" keep their last word
        closing=re.compile(
            rf"(?:[\s,:;-]|(?<!\w)(?<!không )(?<!chưa )(?<!nơi )(?<!nhà )(?:{small['closing']})(?!\w))+$"
        ),
        closing_ends=frozenset(fold(words).split()[-1] for words in data["small"]["closing"]),
        label_name=re.compile(
            rf"(?:(?:{small['label_leads']}) ){{0,3}}(?:{small['label_names']})(?: (?:{small['label_tails']})){{0,4}}"
            r"\s?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,5}|[a-zđ])?[.)]?$"
        ),
        aim_skip=re.compile(rf"(?:(?:{small['aim']})(?!\w)|[,\s])+"),
        needs_object=re.compile(rf"(?<!\w)(?:{small['needs_object']})$"),
        place=re.compile(rf"(?:{small['places']})(?!\w)"),
        grade=anywhere(data["small"]["grades"]),
        reaching=anywhere(data["small"]["reaching"]),
        changed_to=frozenset(fold(w) for w in data["small"]["changed_to"]),
        timed=anywhere(data["small"]["timed"]),
        change_noun=re.compile(rf"(?<!\w)(?:{small['change_nouns']})\s$"),
        change_name=re.compile(r"mức (giảm|tăng)(?! trưởng)(?!\w)"),
        told=opening(data["small"]["told"]),
        past=anywhere(data["small"]["past"]),
        purpose=re.compile(rf"(?<!\w)(?:{small['purposes']})(?!\w)"),
        aside=opening(data["small"]["asides"]),
        filter_label=opening(data["sections"]["filters"]),
        # ", trong khi mức hiện nay là | 46"
        present=re.compile(rf"[,(]\s?(?:{small['present']})(?!\w)(?: [^\W\d_]+){{0,4}}\s*$"),
        # "vượt mục tiêu đề ra là | 12%" tells how a result compares
        measured_by=re.compile(
            rf"(?<!\w)(?:{small['compares']})(?: [^\W\d_]+){{0,2}} (?:mục tiêu|chỉ tiêu)(?: [^\W\d_]+){{0,8}}\s*$"
        ),
        same=anywhere(data["small"]["same"]),
        again=anywhere(data["small"]["again"]),
        given=anywhere(data["small"]["given"]),
        spelled=re.compile(rf"\s(?:{small['spelled']})(?= [^\W\d_])(?! nửa(?!\w))"),
        per=re.compile(rf"(?:\s?/\s?(?:01 |1 )?(?:{small['per']})(?!\w)){{1,3}}"),
        # "02 lần trong năm", "01 lần mỗi quý"
        often=re.compile(
            r"\s?(?:(?:trong|mỗi|hằng|hàng|trên)(?: (?:một|1|01))?|một|/) (?:năm|quí|tháng|tuần|ngày)(?!\w)"
        ),
        span=re.compile(rf"\s?(?:{small['spans']})(?! sống)(?: làm việc)?(?!\w)(?:\s?trở (?:lên|xuống))?"),
        abbreviation=re.compile(rf"(?<!\w)(?:{small['abbreviations']})$"),
    )


def _without_compounds(predicates: dict[str, list[str]]) -> str:
    """The words of a predicate, but not as a part of a noun ("uống" of "ăn uống", "có" of "có thai")."""
    words = {fold(word) for word in predicates["words"]}
    apart: dict[str, list[str]] = {}
    for compound in map(fold, predicates["nouns"]):
        first, last = compound.split(" ", 1)
        if last in words:
            apart.setdefault(last, []).append(rf"(?<!{re.escape(first)} )")
        else:
            apart.setdefault(first, []).append(rf"(?! {re.escape(last)}(?!\w))")
    bounded = [
        "".join(t for t in tests if t[2] == "<") + re.escape(word) + "".join(t for t in tests if t[2] == "!")
        for word, tests in apart.items()
    ]
    return rf"(?<!\w)(?:{'|'.join(bounded)}|{alternation(words - apart.keys())})(?!\w)"


def _stating_words(data: dict[str, Any]) -> list[str]:
    """The words by which a number is compared, reached or aimed at."""
    words = [word for record in data["comparators"] for word in record["before"] if word[0].isalpha()]
    for kind in ("level", "reached", "down", "up"):
        words += data["verbs"][kind]
    return [*words, *data["approximate"]["words"][:-1], *data["aim"]["strong"], "và", "hoặc"]


def _cue_pattern(kinds: Iterable[str]) -> str:
    """One alternative for all cue words; signs such as "≥" need no word boundary."""
    words = [w for w in kinds if w[0].isalpha()]
    signs = [w for w in kinds if not w[0].isalpha()]
    return alternation(signs) + "|" + word_starts(words, r"(?!\w)")


def _frame(record: dict[str, Any]) -> Frame:
    filler = alternation(load("targets")["filler"]["words"])
    stem = record.get("stem")
    around = record.get("around")
    unless = rf"(?!(?:{alternation(record['unless'])})(?!\w))" if record.get("unless") else ""
    unless += "".join(rf"(?<!{re.escape(fold(word))} )" for word in record.get("unless_behind", ()))
    return Frame(
        name=record["name"],
        soft=record["soft"],
        stem=re.compile(rf"(?<!\w)(?:{alternation(stem)})(?!\w)[\s:]*(?:(?:{filler})(?!\w)\s*)*$") if stem else None,
        around=re.compile(rf"(?<!\w){unless}(?:{alternation(around)})(?!\w)") if around else None,
        behind=opening(record["behind"]) if record.get("behind") else None,
    )
