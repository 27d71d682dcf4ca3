"""Secrets of the web server: the key that signs sessions, and the one-time code of the first setup.

The code stands in a file that only the box's own user can read, and on the screen that started the server:
whoever sees it stands at the box. It is gone once the first technician exists.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from appliance.store.files import replacing

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike


def session_key(home: Path) -> bytes:
    """32 bytes, made at first need; a power cut leaves all of them or none."""
    path = home / "secret" / "session"
    if not path.exists():
        with replacing(path, 0o600) as out:
            out.write(secrets.token_bytes(32))
    return path.read_bytes()


def setup_code(home: Path) -> str:
    """The code that now holds; made when there is none. 40 bits, as two groups of four."""
    path = _code_path(home)
    if not path.exists():
        letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
        with replacing(path, 0o600) as out:
            out.write(f"{letters[:4]}-{letters[4:]}\n".encode())
    return path.read_text().strip()


def is_setup_code(home: Path, typed: str) -> bool:
    return hmac.compare_digest(_plain(typed).encode(), _plain(setup_code(home)).encode())


def forget_setup_code(home: Path) -> None:
    _code_path(home).unlink(missing_ok=True)


def _code_path(home: Path) -> Path:
    return home / "run" / "setup-code"


def _plain(code: str) -> str:
    return "".join(each for each in code.upper() if each.isalnum())
