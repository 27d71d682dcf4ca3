"""初筛: experts of the 名册 read the schools' designs, blind, and say 推荐, 不推荐 or 待议 with a reason (P3a).

1. `assign`   who reads what: by subject, nobody with a conflict, loads as even as they can be; pure, from a seed.
2. `rounds`   a round with its lessons; experts taken off with a reason, their lessons given to others.
3. `blind`    a copy of a document without the names; says what could not be hidden.
4. `opinions` what an expert says, on the questions of the edition; what became of a lesson in the round.
The decision itself (初筛通过 …) is a person's, as every other: `selection.decide`.
"""
