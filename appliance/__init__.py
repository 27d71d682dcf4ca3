"""LessonBox, the box without a face. The way of a lesson:

1. `intake`     something appeared on a drop; it settled, was copied, hashed, synced and read back into `store`,
                and only then became a delivery with a receipt number in `catalog`.
2. `pipeline`   carries the delivery on: unpack, identify, check; each step one transaction, each repeatable.
3. `probes`     look into files in bounded child processes; `rules` judge what they measured, by the edition.
4. `selection`  moves lessons by people's decisions: screening, trial, candidate, approval by two.
5. `reports`    say it on paper; `journal` remembers it in a chain.
Then `sync` (another package) seals, sends, receives and brings the receipt; `web` shows everything.
"""
