"""The command `kehoach`. Importing this package imports nothing else, so that `kehoach --help` answers at once."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `kehoach` with the arguments of the process, and end the process with its exit code."""
    from pipeline.cli.app import run

    sys.exit(run())
