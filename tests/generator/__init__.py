"""Random plans whose facts are known: made from phrases, a seed and the contract's rules, without a look at the extractors.

`plan(seed)` gives one; `python -m tests.generator --plans 100 --seed 1 OUT_DIR` writes a folder that `kehoach evaluate` reads. The words are in
`wordings/*.toml`, for people who know how plans are written; each module beside this one writes one part of a plan and says what is true of it.
"""

from __future__ import annotations

from tests.generator.gold import Made, gold_text
from tests.generator.plans import plan

__all__ = ["Made", "gold_text", "plan"]
