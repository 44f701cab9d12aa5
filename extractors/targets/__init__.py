"""The numbers that a plan sets for itself: "Tỷ lệ bao phủ đạt trên 95% vào năm 2030", "không quá 05 tập thể".

From the text to a target, one module for each step:

- `lexicon` compiles the words of `data/targets.toml` once; all rules run on folded text, whose offsets are the text's.
- `tokens` scans a line for numbers (`quantities`), times (`periods`), cue words and signs.
- `clauses` cuts the line into clauses and reads the chain of numbers in each: `anchors` says which numbers may state
  something, `leads` what stands directly before and behind one (comparator, verb, "từ ... trở lên"), `naming` what is
  measured, with `wording` to cut the phrases. The result are `readings`, said but not yet judged.
- `judge` decides which readings are targets: the words of the clause, then the place, then how it is said.
- `tables` reads tables of targets, a target for each row and column of a year or a unit; `columns` says which column is
  what, `units` what their numbers count.
- `extract` walks the outline and makes the targets.
"""

from extractors.targets.extract import extract_targets

__all__ = ["extract_targets"]
