"""The receipt printer: what was asked for is a row, and a process of its own prints it. Intake never waits for paper.

1. `asking`   a page asks for a paper: a row of `print_job`, 排队.
2. `papers`   the paper's HTML, the same template that a browser prints; which print of it this is.
3. `picture`  HTML → rows of black and white dots, 576 across (72 mm of 80 mm paper), without a browser.
4. `escpos`   dots → the raster command that every ESC/POS printer knows; no font of the printer is used.
5. `device`   the bytes to /dev/usb/lp0 (or a socket), with a limit of time and a reason when it refuses.
6. `work`     one job after another: claim, print, 已打 or 失败 with the reason. Nothing is printed twice by itself:
              a power cut between paper and row leaves 失败 and a reason, and the next print is marked 补打.
"""
