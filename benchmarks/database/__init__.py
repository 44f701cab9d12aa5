"""How fast facts go into a database and answers come out of it: `make bench-db`."""
