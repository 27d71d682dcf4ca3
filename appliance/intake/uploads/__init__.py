"""网页投递: files that come piece by piece from a school's browser.

1. `begin`    a file is announced: its path as given (only ever a label), its size; there must be room and allowance.
2. `append`   a piece at the acknowledged offset: written, its checksum compared, fsync, and only then the row.
3. `hand_over` the school says 交齐了: nothing is added any more; the folder moves to `drops/browser` in one rename
               and is a drop like any other: settle, receive, unpack, identify, check.
4. `sweep`    what rests for days is given up; a move that a power cut stopped is done again.
The file on the disk has a name of ours. On a crash the row says how much was acknowledged; what was written beyond
is cut off before the next piece.
"""
