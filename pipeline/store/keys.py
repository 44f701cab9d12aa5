"""The keys by which wordings are compared, remembered: subjects and indicators come again and again."""

from __future__ import annotations

from functools import lru_cache

from extractors.vietnamese import words_key

REMEMBERED = 20_000
"""How many keys are remembered: with its words one takes half a kilobyte, so that all stay at some ten megabytes
however many plans are read. Only the titles of very many plans don't fit, each of which is asked for once a run."""

key_of = lru_cache(maxsize=REMEMBERED)(words_key)
"""`words_key`, remembered."""
