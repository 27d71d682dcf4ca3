"""How a lesson moves through the season: by the verdict of a check, and by people's decisions.

`after_check` says where a verdict puts a lesson; `decide` is the table of decisions and carries one out.
"""
