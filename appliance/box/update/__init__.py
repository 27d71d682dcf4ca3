"""更新: one signed file, written to the slot that is not running, tried once, kept or left by itself.

```
LESSONBOX-UPDATE 1\\n · lengths of the next two · manifest (JSON) · signatures (JSON) · the parts, one after the other
```
1. `parcel`: the file's frame. 2. `manifest`: what it says of itself. 3. `signing`: who says so (Ed25519, no dates: a box
without a clock battery must not refuse). 4. `judge`: whether this box may take it. 5. `apply`: slot, boot files, and
only at the end the boot entry (`boot_entry`). Nothing on the running slot is touched; nothing in /data but a note.
"""
