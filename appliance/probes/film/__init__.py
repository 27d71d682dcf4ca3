"""What the pictures of a film show: a look at some of its key frames, never at all of its frames.

`outline` asks for length, rate and size; `reel` brings the key frames, small; each module beside measures one thing
of the pictures as they pass by (`see`) and tells it at the end (`answer`). `appliance.probes.frames` puts them together.
"""
