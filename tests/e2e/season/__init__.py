"""A county's season from the schools' designs to the approved list, told step by step (`test_season`).

`county` is the office: the box and its people; `materials` what the schools bring; `rooms` the two sessions and how they
are scored, `trial_days` what the office does for them; `tablets` the judges' browsers, `judging` how their sheets are
filled; `screens` the expert's page, `board` 遴选; `looks` every page held against axe.
"""
