"""The web page over the database: see docs/dashboard.md."""
