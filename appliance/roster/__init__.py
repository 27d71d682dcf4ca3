"""名册: what the county knows before the first stick comes: schools, teachers, judges, open nodes, textbooks.

1. A person brings a sheet (xlsx or CSV); `probes.table` reads its cells behind the fence.
2. `reading` finds the head line, takes the columns of the `sheets` row, and says by line what is wrong.
3. `changes` compares it with what is in force; the person looks, and accepts or drops it.
4. Accepted, it is in force as a whole (`imports`); the one before is kept and can be put back.
5. `names` answers from what is in force: a school's one name, a textbook's one name, a lesson's node.
"""
