"""恢复码: on paper, and the keys that come of it. Without it a backup disk tells nothing, to us neither.

Eight groups of five letters: four by chance (159 bits in all), one that checks the four, so that a mistyped group is
named. The keys are derived (HKDF-SHA-256), each for one purpose. The code itself stays on the box only until somebody
says that it is on paper; the keys stay, for the nightly run needs them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from appliance.errors import NotFound, WrongUse
from appliance.store.files import replacing

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, _CHANCE = 8, 4
_FILE, _RESTORING = "secret/backup.key", "secret/restore.key"
_BOTH = 0o660
_READERS = 0o640  # the pages make it, the nightly run reads it: two users of one group


@dataclass(frozen=True)
class Keys:
    """`id`: which code it was, in eight letters that tell nothing of it. `name`, `seal`: hex. `code`: "" once it is
    on paper."""

    id: str
    name: str
    seal: str
    code: str = ""

    def named(self, *parts: bytes) -> str:
        """The name of a piece: 128 bits, from which nobody without the key learns what it holds."""
        return hmac.digest(bytes.fromhex(self.name), b"\0".join(parts), "sha256").hex()[:32]

    def sealing(self, name: str) -> bytes:
        """The key of one file on the disk. Each has its own, so no two files share a nonce."""
        return hmac.digest(bytes.fromhex(self.seal), name.encode(), "sha256")


def fresh_code() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(_CHANCE)) for _ in range(GROUPS))
    return "-".join(group + _check(number, group) for number, group in enumerate(groups))


def keys_of(typed: str) -> Keys:
    """Raises `WrongUse`, which names the group that was mistyped."""
    folded = unicodedata.normalize("NFKC", typed[:200]).upper()
    letters = "".join(each for each in folded if each.isalnum())
    size = _CHANCE + 1
    if len(letters) != GROUPS * size:
        raise WrongUse(
            f"恢复码是 {GROUPS} 组、每组 {size} 个字母或数字，现在是 {len(letters)} 个", remedy="请照恢复卡再写一遍"
        )
    groups = [letters[at : at + size] for at in range(0, len(letters), size)]
    wrong = [f"{no + 1}" for no, group in enumerate(groups) if _check(no, group[:_CHANCE]) != group[_CHANCE:]]
    if wrong:
        raise WrongUse(f"恢复码的第 {'、'.join(wrong)} 组写错了", remedy="请照恢复卡核对这一组")
    secret = "".join(group[:_CHANCE] for group in groups).encode()
    return Keys(_derived(secret, "id")[:8], _derived(secret, "name"), _derived(secret, "seal"), "-".join(groups))


def make(home: Path) -> Keys:
    """The box's keys, made when there are none."""
    if (found := of_box(home)) is None:
        found = keys_of(fresh_code())
        keep(home, found)
    return found


def keep(home: Path, keys: Keys) -> None:
    _write(home / _FILE, keys)


def keep_for_restoring(home: Path, keys: Keys) -> None:
    """Between the page where the code was typed and the part that restores; never the code itself."""
    _write(home / _RESTORING, Keys(keys.id, keys.name, keys.seal), _BOTH)


def for_restoring(home: Path) -> Keys:
    found = _read(home / _RESTORING)
    if found is None:
        raise NotFound("没有恢复码", effect="什么也没有恢复", remedy="请照恢复卡把恢复码再写一遍")
    return found


def forget_for_restoring(home: Path) -> None:
    """Another part's file in a folder where only its owner may remove one; empty, it opens nothing. Without O_CREAT,
    which the kernel refuses there to all but the owner."""
    os.close(os.open(home / _RESTORING, os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC))


def on_paper(home: Path) -> None:
    """From here on the box itself cannot show the code any more."""
    keys = needed(home)
    keep(home, Keys(keys.id, keys.name, keys.seal))


def of_box(home: Path) -> Keys | None:
    return _read(home / _FILE)


def needed(home: Path) -> Keys:
    keys = of_box(home)
    if keys is None:
        raise NotFound("还没有恢复码", effect="什么也没有备份", remedy="请技术员在 备份 页做恢复码，印出来收好")
    return keys


def _check(number: int, group: str) -> str:
    """A letter that knows its group's place: two groups that change places are noticed too."""
    return LETTERS[hashlib.sha256(f"{number}{group}".encode()).digest()[0] % len(LETTERS)]


def _derived(secret: bytes, purpose: str) -> str:
    return HKDF(SHA256(), 32, b"lessonbox-backup-1", purpose.encode()).derive(secret).hex()


def _write(path: Path, keys: Keys, mode: int = _READERS) -> None:
    with replacing(path, mode) as out:
        out.write(json.dumps(asdict(keys)).encode())


def _read(path: Path) -> Keys | None:
    try:
        return Keys(**json.loads(path.read_bytes() or b"{}"))
    except (FileNotFoundError, TypeError):
        return None
