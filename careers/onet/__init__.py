"""The O*NET Database of the US Department of Labor: read, stored, and offered to editors.

`tables` reads one table, `database` a folder of them, `store` keeps a release; `suggestions` says what the form of a
role offers of it, `search` finds occupations by the titles that it knows, `licence` is how it is credited.
"""
