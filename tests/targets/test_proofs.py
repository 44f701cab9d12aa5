"""Each list of words in data/targets.toml proves itself: every word is found whole by the pattern of its list, and what
the list is for matches its examples and none of its counter-examples."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from data import load
from extractors.targets.columns import column_words
from extractors.targets.lexicon import alternation, anywhere, lexicon
from extractors.vietnamese import fold

DATA: dict[str, Any] = load("targets")
PROOFS: dict[str, dict[str, list[str]]] = DATA["proofs"]
OWN = ("comparators", "approximate", "frames", "proofs")  # records that carry their examples themselves (test_words)
LISTS: dict[str, list[str]] = {
    f"{table}.{name}": words
    for table, record in DATA.items()
    if table not in OWN
    for name, words in record.items()
    if name not in ("examples", "counter_examples")
}

Matcher = Callable[[str], object]
lex = lexicon()
columns = column_words()


def cue(kind: str) -> Matcher:
    """Whether a cue word of this kind stands in the words."""
    return lambda key: any(kind in lex.kinds[found.group()] for found in re.finditer(lex.cues, key))


def unlike(matcher: Matcher) -> Matcher:
    """For lists of what a pattern must leave alone."""
    return lambda key: not matcher(key)


MATCHERS: dict[str, Matcher] = {
    "filler.words": lex.filler_gap.fullmatch,
    "compounds.words": cue("word"),
    "verbs.level": cue("level"),
    "verbs.reached": cue("reached"),
    "verbs.down": cue("down"),
    "verbs.up": cue("up"),
    "verbs.unchanging": cue("word"),
    "verbs.hold": lex.hold_lead.match,
    "aim.words": lambda key: lex.aim_lead.match(key).group(),  # type: ignore[union-attr]
    "aim.strong": cue("aim"),
    "aim.sources": unlike(lambda key: lex.aim_strong.search(f"{key} huy động khác 10%")),
    "work.verbs": lex.work_lead.search,
    "work.added": lex.work_lead.search,
    "work.makes": lex.makes.search,
    "work.raising": lex.raising.search,
    "work.building": lex.building.search,
    "work.acts": lex.acts.match,
    "work.elsewhere": unlike(lex.work_object.fullmatch),
    "work.output": lex.output.match,
    "awards.deeds": lex.award.search,
    "awards.given_to": lex.given_to.match,
    "awards.asked": lex.asked.search,
    "none.lead": lex.none.search,
    "none.nouns": lex.none.search,
    "heads.words": lex.head.match,
    "heads.no_heads": lambda words: not lex.head.match(words),
    "heads.of_whole": lex.of_whole.match,
    "counted.nouns": lex.counted.match,
    "counted.measures": lex.measure.fullmatch,
    "counted.carriers": lex.carrier.match,
    "listed.places": lex.listed["places"].match,
    "listed.offices": lex.listed["offices"].match,
    "listed.media": lex.listed["media"].match,
    "listed.clinics": lex.listed["clinics"].match,
    "counted.stops": lex.stops.__contains__,
    "populations.nouns": lex.population.match,
    "populations.people": lex.people.__contains__,
    "sections.results": lex.results.match,
    "sections.not_results": lex.not_results.match,
    "sections.forecasts": lex.forecast.match,
    "sections.criteria": lex.criteria.match,
    "sections.targets": lex.target_words.search,
    "subjects.words": lex.subject.match,
    "subjects.names": unlike(lex.subject.match),
    "subjects.groups": lex.group.match,
    "subjects.diseases": lex.disease_end.search,
    "subjects.who": lex.who.match,
    "subjects.each": lex.each.match,
    "predicates.words": lex.predicate.search,
    "predicates.nouns": unlike(lex.predicate.search),
    "small.no_phrase": lex.no_phrase.match,
    "small.no_object": lex.no_object.match,
    "small.closing": lex.closing.search,
    "small.label_leads": lex.label_name.match,
    "small.label_names": lex.label_name.match,
    "small.label_tails": lex.label_name.match,
    "small.aim": lex.aim_skip.match,
    "small.needs_object": lex.needs_object.search,
    "small.places": lex.place.match,
    "small.grades": lex.grade.search,
    "small.reaching": lex.reaching.search,
    "small.changed_to": lex.changed_to.__contains__,
    "small.timed": lex.timed.search,
    "small.change_nouns": lex.change_noun.search,
    "small.asides": lex.aside.match,
    "sections.filters": lex.filter_label.match,
    "small.purposes": lex.purpose.search,
    "small.present": lex.present.search,
    "small.compares": lex.measured_by.search,
    "small.told": lex.told.match,
    "small.past": lex.past.search,
    "small.same": lex.same.search,
    "small.again": lex.again.search,
    "small.given": lex.given.search,
    "small.spelled": lex.spelled.match,
    "small.per": lex.per.match,
    "small.spans": lex.span.match,
    "small.abbreviations": lex.abbreviation.search,
    "names.words": lex.names.search,
    "tables.ordinal": columns.ordinal.fullmatch,
    "tables.indicator": columns.indicator.match,
    "tables.indicator_alone": columns.indicator_alone.fullmatch,
    "tables.unit": columns.unit.fullmatch,
    "tables.baseline": columns.baseline.match,
    "tables.other": columns.other.match,
    "tables.value": columns.value.match,
    "tables.money": columns.money.search,
    "tables.score": columns.score.search,
    "tables.place": columns.place.fullmatch,
    "tables.places": columns.places.match,
    "tables.years": columns.years.fullmatch,
    "tables.describing": columns.describing.search,
    "tables.planned": columns.planned.search,
    "tables.same_unit": columns.same.__contains__,
}


def test_every_list_is_proved() -> None:
    assert set(LISTS) == set(PROOFS) == set(MATCHERS)


@pytest.mark.parametrize("name", LISTS)
def test_every_word_is_found_whole(name: str) -> None:
    words = LISTS[name]
    pattern = re.compile(alternation(words))
    for word in words:
        found = pattern.match(fold(word))
        assert found is not None and found.group() == fold(word), word


@pytest.mark.parametrize("name", PROOFS)
def test_examples_match_and_counter_examples_do_not(name: str) -> None:
    proof, matches = PROOFS[name], MATCHERS[name]
    assert proof["examples"] and proof["counter_examples"]
    for phrase in proof["examples"]:
        assert matches(fold(phrase)), phrase
    for phrase in proof["counter_examples"]:
        assert not matches(fold(phrase)), phrase


@pytest.mark.parametrize("name", PROOFS)
def test_examples_hold_a_word_of_their_list(name: str) -> None:
    words = anywhere(w for w in LISTS[name] if w[0].isalpha()) if any(w[0].isalpha() for w in LISTS[name]) else None
    for phrase in PROOFS[name]["examples"]:
        assert fold(phrase).strip() in {fold(w) for w in LISTS[name]} or (words and words.search(fold(phrase))), phrase
