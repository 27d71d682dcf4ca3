"""Sticks, from plug to pull. udev starts one unit for each; `lessonbox stick mount` mounts it where the watcher sees
it, read-only, and writes a note beside it (`note`); intake reads the note and never mounts anything.

Never by label: a stick that was flashed with our own image carries the same ones as our own disk.
"""
