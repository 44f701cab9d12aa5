"""`python -m tests.generator --plans 100 --seed 1 OUT_DIR` writes OUT_DIR/plans and OUT_DIR/gold for `kehoach evaluate OUT_DIR/gold`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.generator import gold_text, plan


def write(folder: Path, plans: int, seed: int, *, damage: bool = True) -> None:
    """Write plans with their gold: `plans` of them, from the seed on."""
    for name in ("plans", "gold"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number in range(seed, seed + plans):
        made = plan(number, damage=damage)
        source = f"plans/{number:07}.{made.suffix}"
        (folder / source).write_bytes(made.text.encode("utf-8"))
        (folder / f"gold/{number:07}.toml").write_bytes(gold_text(made, source).encode("utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.generator", description="Write random plans with their gold."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clean", action="store_true", help="leave out the damage that files and converters do")
    options = parser.parse_args()
    write(options.folder, options.plans, options.seed, damage=not options.clean)


if __name__ == "__main__":
    main()
