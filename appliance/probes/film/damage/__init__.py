"""Damage inside a film, found by reading it once; nothing is decoded. `nal` is the look, the rest are its parts."""
