"""The readers' search.

`words` tells words apart and folds them, `index` keeps the words of editions, `meant` says which roles and pairs a
query means, `hits` ranks what is found, `marks` shows where, `results` lays out a page of it, `views` answers.
"""
