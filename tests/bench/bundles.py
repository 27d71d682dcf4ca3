"""Verifying a sealed bundle, against bagit-python's full validation of the same one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.table import Row, compare, seconds
from tests.e2e.sealed import sealed_bundle


def rows(place: Path) -> list[Row]:
    bundle, county = sealed_bundle(place, "full")
    bag = place / "bag"
    shutil.copytree(bundle, bag, copy_function=shutil.copyfile)
    (bag / "tagmanifest-sha256.txt.sig").unlink()  # bagit-python knows no signatures; ours is checked besides
    size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file())
    verify = [sys.executable, "-m", "appliance.cli", "verify", str(bundle), "--home", str(county.home)]
    ours = seconds(lambda: subprocess.run(verify, check=True, stdout=subprocess.DEVNULL))
    bagit = [sys.executable, "-m", "bagit", "--validate", "--quiet", str(bag)]
    theirs = seconds(lambda: subprocess.run(bagit, check=True))
    return [compare(f"verify {size / 1e9:.2f} GB（含签名）", ours, "bagit.py --validate", theirs)]
