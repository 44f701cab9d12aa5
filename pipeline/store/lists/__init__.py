"""Lists for people, a page at a time: filtered, sorted and cut in the database, whatever its size.

A list first finds which rows stand on the page, by narrow tables and their indexes, and only of these asks the views
what they show (`views/*.sql`), so that a page costs nearly the same among a hundred plans and a hundred thousand.
"""
