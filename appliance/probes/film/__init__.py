"""What a film is and shows: its facts (`video`, with `mp4` and `packets` for the times of frames), its `damage`, its
`opening` and title `card`, its `sound` with the print of it, its `words`, and its `frames`.

`frames` looks at some key frames, never at all frames: `outline` asks for length, rate and size; `reel` brings the key
frames, small; each of `light`, `sharp`, `rests`, `faces`, `closer`, `codes`, `prints`, `sheet` measures one thing of
the pictures as they pass by (`see`) and tells it at the end (`answer`). `distinct` tells which show new writing and where;
of these are `chosen` what can be afforded, and `words` decodes only them `again` and reads them.
"""
