"""A county's season from the schools' designs to the approved list, told step by step (`test_season`).

`county` is the office: the box, its people and what came in; `rooms` the two sessions and how they are scored;
`tablets` the judges' browsers.
"""
