"""`python -m benchmarks`: characters a second, beside other tools; the exit code is 1 where a goal is missed."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

from benchmarks import measure, peers, report, texts

ROUNDS = 5


def main() -> int:
    """Measure, tell, and say by the exit code whether every goal is reached."""
    options = _options()
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):  # read when a tool is loaded
        os.environ.setdefault(threads, "1")
    sys.addaudithook(_offline)
    found, missing = peers.installed()
    corpora = list(texts.corpora())
    result: dict[str, Any] = {
        "machine": machine(),
        "rounds": options.rounds,
        "missing": missing,
        "speeds": [each._asdict() for corpus in corpora for each in measure.speeds(corpus, found, options.rounds)],
        "stages": [each._asdict() for corpus in corpora for each in measure.stages(corpus, options.rounds)],
        "scaling": [
            each._asdict() for corpus in corpora if (each := measure.scaling(corpus, options.rounds)) is not None
        ],
    }
    comparable = {peer.name for peer in peers.PEERS if peer.comparable}
    result["goals"] = [goal._asdict() for goal in report.goals(result, comparable)]
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    report.show(result, {peer.name: peer.does for peer in peers.PEERS})
    return 0 if all(goal["reached"] for goal in result["goals"]) else 1


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds that the medians are of ({ROUNDS})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    return parser.parse_args()


def _offline(event: str, arguments: tuple[Any, ...]) -> None:
    """No tool may use the network here."""
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError(f"the benchmark works offline: {event} {arguments[-1]!r}")


if __name__ == "__main__":
    sys.exit(main())
