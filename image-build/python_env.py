"""The box's Python environment in a root of another machine: wheels laid out by pip, without running the target.

Exactly the versions and hashes of requirements/run.txt and ocr.txt; Python 3.13 is Debian 13's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PYTHON = "3.13"
ROOT = Path(__file__).parents[1]
PLACE = "opt/lessonbox/.venv"  # what the units name
_GLIBC = ("2_28", "2_27", "2_24", "2_17", "2_12")
_LEGACY = {
    "x86_64": ("manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"),
    "aarch64": ("manylinux2014_aarch64",),
}
_REQUIREMENTS = tuple(ROOT / "requirements" / f"{name}.txt" for name in ("run", "ocr"))
_NOT_PYTHON_3 = "/olefile2[.]py$"
_LAUNCHER = """#!/{place}/bin/python3
import sys

from appliance.cli import main

sys.exit(main())
"""


def lay(tree: Path, machine: str, wheels: Path) -> None:
    """`machine`: x86_64 or aarch64. `wheels`: a folder that keeps what was downloaded for the next time."""
    home = tree / PLACE
    packages = home / "lib" / f"python{PYTHON}" / "site-packages"
    shutil.rmtree(home, ignore_errors=True)
    packages.mkdir(parents=True)
    download(machine, wheels)
    install = ["install", "--quiet", "--target", packages, "--no-deps", "--no-compile", "--no-index"]
    _pip(*install, "--find-links", wheels, "--require-hashes", *_for(machine), *_listed())
    own = wheels / "own"
    for stale in (own, ROOT / "build/lib"):  # setuptools would pack modules that are no longer there
        shutil.rmtree(stale, ignore_errors=True)
    _pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", own, ROOT)
    [wheel] = own.glob("lessonbox-*.whl")
    shutil.rmtree(packages / "bin", ignore_errors=True)  # launchers for the building machine's Python
    _pip(*install, *_for(machine), wheel)
    shutil.rmtree(packages / "bin", ignore_errors=True)
    for path in packages.glob("*.dist-info/direct_url.json"):  # names a folder of the building machine
        path.unlink()
    _lay_launcher(home)


def download(machine: str, wheels: Path) -> None:
    wheels.mkdir(parents=True, exist_ok=True)
    _pip("download", "--quiet", "--no-deps", "--require-hashes", "--dest", wheels, *_for(machine), *_listed())


def compile_all(tree: Path) -> None:
    """Bytecode with hashes instead of times, since a read-only box can never write any itself."""
    words = ["-W", "ignore", "-m", "compileall", "-q", "-x", _NOT_PYTHON_3, "--invalidation-mode", "unchecked-hash"]
    subprocess.run(["chroot", tree, f"/{PLACE}/bin/python3", *words, f"/{PLACE}/lib"], check=True)


def _lay_launcher(home: Path) -> None:
    (home / "bin").mkdir()
    (home / "bin/python3").symlink_to(f"/usr/bin/python{PYTHON}")
    (home / "bin/python").symlink_to("python3")
    (home / "pyvenv.cfg").write_text(f"home = /usr/bin\ninclude-system-site-packages = false\nversion = {PYTHON}\n")
    launcher = home / "bin/lessonbox"
    launcher.write_text(_LAUNCHER.format(place=PLACE))
    launcher.chmod(0o755)


def _for(machine: str) -> list[str]:
    platforms = [f"manylinux_{version}_{machine}" for version in _GLIBC] + [*_LEGACY[machine], f"linux_{machine}"]
    words = ["--only-binary", ":all:", "--python-version", PYTHON, "--implementation", "cp"]
    words += ["--abi", f"cp{PYTHON.replace('.', '')}", "--abi", "abi3", "--abi", "none"]
    return words + [word for platform in platforms for word in ("--platform", platform)]


def _listed() -> list[str]:
    return [word for path in _REQUIREMENTS for word in ("-r", str(path))]


def _pip(*words: object) -> None:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    subprocess.run([sys.executable, "-m", "pip", *map(str, words)], check=True, env=environment)
