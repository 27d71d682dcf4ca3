"""备份: the catalog every night beside itself (`local`), and everything to a second disk, encrypted.

A disk run (`run`), in order:
1. `disks`      a disk that a technician has marked; the box writes to no other.
2. `recheck`    a share of what lies there is read again; what is spoiled goes away, and comes again in 4.
3. `what`       the files of a home that are kept, and which are the same as last time.
4. `pieces`     each content once, in encrypted pieces: written, synced, read back, only then given its name.
5. `snapshots`  last, one small sealed file that lists everything; without it nothing was backed up.
6. `retention`, `sweep`  old snapshots go; then pieces that no snapshot needs.
`recovery` makes the keys out of the code on paper; `bring_back` and `drill` go the other way.
"""
