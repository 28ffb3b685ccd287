"""Writing what readers get of a site into files, from which any static host serves it. Knows no article.

`reader` asks the site, `folder` holds what is written and replaces at one stroke what was there, `site` goes from
address to address.
"""
