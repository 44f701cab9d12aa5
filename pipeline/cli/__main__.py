"""`python -m pipeline.cli` is `kehoach`."""

from pipeline.cli import main

main()
