"""How a lesson moves through the season: by the verdict of a check, and by people's decisions.

`after_check` says where a verdict puts a lesson; `decide` is the table of decisions and carries one out.

Trial lessons (试讲): `trial` makes a session, `recusal` keeps judges from what is not theirs to judge, `scoresheet`
records scores and votes. What counts is pure: `rubric`, `terms`, `scoring`, `ranking`, `draw`, `conflicts`, `quotas`;
`sheet` computes the ranking from one JSON object, so that a losing school can do it again.
"""
