"""What a ministry would need for the plans of all provinces, worked out from figures that were measured.

`figures.toml` holds the figures and assumptions, `estimate` does the arithmetic, `reading` measures files, and
`python -m benchmarks.sizing` puts the tables into `docs/team.md` and `docs/team.vi.md`.
"""
