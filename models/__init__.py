"""The values that travel through kehoach: texts, outlines, plans and their tables. Imports nothing else of ours."""
