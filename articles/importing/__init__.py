"""The article importer: `read.read_article` turns bytes into an Article; `store`, apart from it, makes drafts of one.

What reads files takes 13 MB of a process's memory, so that it is imported when a file is first read.
"""
