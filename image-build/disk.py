"""Puts the partitions together: a sparse file that a card or a disk is flashed with."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import layout


def assemble(image: Path, table: str, parts: Mapping[str, Path]) -> None:
    """`parts`: a partition's name → the file with its bytes; one that is not named stays empty."""
    image.unlink(missing_ok=True)
    with image.open("wb") as file:
        file.truncate(layout.total(table) * layout.MIB)
    subprocess.run(["sfdisk", "--quiet", image], input=layout.sfdisk_script(table), text=True, check=True)
    for row in layout.partitions(table):
        if source := parts.get(row.name):
            words = ["dd", f"if={source}", f"of={image}", "bs=1M", f"seek={row.start}", "conv=notrunc,sparse"]
            subprocess.run([*words, "status=none"], check=True)
