"""Identity: what the words that the extractors found mean.

- `places`: which province, before and after July 2025.
- `organisations`: which body issued a document, with its province.
- `documents` (with `names`, and `codes` of the extractor of references): which mentions are one document.
- `indicators`: which entry of the catalogue a target measures.
- `context`: what all of them may know of the plan.

Each is a function of words and a `Context`; `pipeline.extract` calls them.
"""
