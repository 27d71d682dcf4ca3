"""How good the checks are, shown by commands.

`python -m tests.quality.clauses`   for each clause of the notice: what decides it, and the tests that show it
`python -m tests.quality`           labelled materials against the real probes and rules: per rule precision, recall,
                                    how many go to a person, and wrong hard verdicts, of which there must be none
"""
