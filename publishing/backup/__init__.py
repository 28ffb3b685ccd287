"""A site in one file: what its database holds and its pictures, for SQLite and PostgreSQL alike. Knows no article.

`archive` is the file and what proves that it is whole, `rows` and `pictures` are what it carries, `take` makes one of a
site, `restore` makes a site of one, `beside` is the empty database that this is done in before it takes its place.
"""
