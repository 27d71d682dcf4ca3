"""首次设置 from `lessonbox.toml`, a file that a technician edits on any PC before the box is switched on.

1. `read`: lines to values; every line that cannot be read is told by its number.
2. `fields`: which keys there are, and what is wrong with each value, by line.
3. `steps`: station, settings, first technician; each can be done again, so the power may fail anywhere.
4. `place`: where the file lies, and how the password in it is wiped once it is no longer needed.
A box without the file has a station without a name; its own screen then shows a one-time code for the page 首次设置.
"""
