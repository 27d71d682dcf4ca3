"""The whole root as a folder: Debian's part, the box, its units, and what makes a system of it that never writes to
itself. Run twice over the same packages it gives the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import mounts
import python_env
from boards import Board

ROOT = Path(__file__).parents[1]
_FILES = Path(__file__).parent / "files"
_OFF = (
    "ssh.service", "ssh.socket", "smbd.service", "nmbd.service", "samba-ad-dc.service", "winbind.service",
    "apt-daily.timer", "apt-daily-upgrade.timer", "dpkg-db-backup.timer", "e2scrub_all.timer", "e2scrub_reap.service",
    "fstrim.timer", "rsync.service", "smartmontools.service", "systemd-networkd-wait-online.service",
    "systemd-binfmt.service", "systemd-tpm2-setup.service", "systemd-tpm2-setup-early.service",
)  # fmt: skip
_ON = ("systemd-networkd.service", "systemd-resolved.service", "systemd-timesyncd.service")
# Made new on each box, different at each build, or of no use to a box that cannot write to its system.
_AWAY = (
    "etc/ssh/ssh_host_*", "var/lib/apt/lists/*", "var/cache/*", "var/log/*", "var/lib/systemd/catalog/database",
    "var/lib/systemd/random-seed", "var/lib/dbus/machine-id", "etc/*-", "root/.*", "tmp/*", "run/*",
    "var/lib/dpkg/*-old", "etc/ssl/private/*", "etc/.pwd.lock", "usr/lib/udev/hwdb.bin.*",
    "var/lib/fwupd", "etc/apt/sources.list", "etc/apt/sources.list.d/*",
)  # fmt: skip
_LINKS = {
    "etc/resolv.conf": "../run/systemd/resolve/stub-resolv.conf",
    "etc/localtime": "/usr/share/zoneinfo/Asia/Shanghai",  # the whole country's; receipts and the screen show it
}


def make(board: Board, tar: Path, tree: Path, wheels: Path, epoch: int, version: str, keys: list[Path]) -> None:
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    subprocess.run(["tar", "-x", "--numeric-owner", "--xattrs", "-f", tar, "-C", tree, "--exclude=./dev/*"], check=True)
    python_env.lay(tree, board.machine, wheels)
    python_env.compile_all(tree)
    lay_files(tree, board)
    lay_keys(tree, keys)
    install_units(tree)
    settle(tree, epoch, version)


def lay_files(tree: Path, board: Board) -> None:
    """The image's own files; whatever the checkout's owner and mask are, they belong to root."""
    for path in sorted(_FILES.rglob("*")):
        target = tree / path.relative_to(_FILES)
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            shutil.copyfile(path, target)
            target.chmod(0o755 if os.access(path, os.X_OK) else 0o644)
    (tree / "etc/fstab").write_text(mounts.text(board))
    for name in ("data", "boot", "settings"):
        (tree / name).mkdir(parents=True, exist_ok=True)


def lay_keys(tree: Path, keys: list[Path]) -> None:
    """The public keys whose updates this system takes. Raises ValueError for a file that is no public key."""
    place = tree / "etc/lessonbox/update-keys"
    place.mkdir(parents=True, exist_ok=True)
    for path in keys:
        if not path.read_bytes().startswith(b"-----BEGIN PUBLIC KEY-----"):
            raise ValueError(f"{path} is no public key; the private one stays out of the image")
        shutil.copyfile(path, place / path.name)
        (place / path.name).chmod(0o644)


def install_units(tree: Path) -> None:
    subprocess.run([ROOT / "systemd/install.sh", "--root", tree], check=True)
    subprocess.run(["chroot", tree, "systemd-sysusers"], check=True)
    systemctl = ["systemctl", f"--root={tree}", "--quiet"]
    # Would offer a shell on sockets that nothing here asked for.
    generators = tree / "etc/systemd/system-generators"
    generators.mkdir(parents=True, exist_ok=True)
    (generators / "systemd-ssh-generator").symlink_to("/dev/null")
    for unit in _OFF:
        subprocess.run([*systemctl, "mask", unit], check=True)
    subprocess.run([*systemctl, "enable", *_ON], check=True)
    subprocess.run([*systemctl, "set-default", "multi-user.target"], check=True)


def settle(tree: Path, epoch: int, version: str) -> None:
    for pattern in _AWAY:
        for path in sorted(tree.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    (tree / "etc/machine-id").write_text("")
    for name, target in _LINKS.items():
        (tree / name).unlink(missing_ok=True)
        (tree / name).symlink_to(target)
    release = tree / "usr/lib/os-release"
    kept = [line for line in release.read_text().splitlines() if not line.startswith(("PRETTY_NAME=", "IMAGE_"))]
    kept += [f'PRETTY_NAME="LessonBox {version}"', "IMAGE_ID=lessonbox", f"IMAGE_VERSION={version}"]
    release.write_text("\n".join(kept) + "\n")
    (tree / "usr/lib/clock-epoch").touch()  # a clock without a battery starts no earlier than this build
    for folder, names, files in os.walk(tree):
        for path in (os.path.join(folder, name) for name in (*names, *files)):
            if os.lstat(path).st_mtime > epoch:
                os.utime(path, (epoch, epoch), follow_symlinks=False)
    os.utime(tree, (epoch, epoch))
