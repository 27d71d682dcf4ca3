"""Chinese on the box's own screen: letters go in, words come out. Nothing is learnt, nothing leaves the box.

1. `lexicon`     every word with its spelling and how common it is: Debian's list, every character that has a
                 reading (names hold rare ones), and the words of this office.
2. `candidates`  what the typed letters can mean, the likeliest first, each with the letters that it takes.
3. `offers`      names of the rosters in force that fit the field, for those who have signed in.
"""
