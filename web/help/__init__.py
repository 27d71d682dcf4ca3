"""What the clerk's manual says of each page, read from the manual itself: there is no second text to fall behind.

`manual.md` is a link to docs/操作手册.md; a built package holds its text. Pictures lie in web/static/help, made by
`make pictures`.
"""
