"""The release files of Occupational Employment and Wage Statistics (US Bureau of Labor Statistics): read, and stored.

`files` finds tables in what it is given, and `compact`, `flat` and `workbook` (on `xlsx`) read one shape each into the
`rows` that all share; `store` puts them into a release.
"""
