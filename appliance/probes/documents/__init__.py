"""What stands in documents, new and old, and in pictures of them: headings by shape, text, pictures, codes, writing.

`office` opens what is a zip and hands on to `docx`, `xlsx` or a deck; `ole` does so for the old formats; `pdf` and
`image` stand alone. Nothing here says what a heading or a text ought to be.
"""
