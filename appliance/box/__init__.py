"""The box's own life, beside the lessons: sticks are mounted, a new box is set up, updated, and looks at itself.

Nothing here reads what strangers wrote into files, and nothing here decides on lessons; much of it runs as root.
"""
