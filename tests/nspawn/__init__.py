"""The units under a real systemd, in a container over this very machine's own root: `make test-nspawn`."""
