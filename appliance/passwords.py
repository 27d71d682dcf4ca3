"""Passwords at rest: Argon2id, as PHC text (`$argon2id$v=19$m=…`), so parameters travel with each hash.

64 MiB and three passes: about half a second on a Pi 4. One at a time, so that eight people signing in
together do not take half a gigabyte from a board that has one.
"""

from __future__ import annotations

import os
import threading

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from appliance.errors import WrongUse

SHORTEST, LONGEST = 8, 200  # characters
MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 1

_one_at_a_time = threading.Lock()


def hash(text: str) -> str:
    """Raises `WrongUse` when the password is too short or too long to keep."""
    if not SHORTEST <= len(text) <= LONGEST:
        raise WrongUse(f"密码要 {SHORTEST} 到 {LONGEST} 个字符", remedy="请换一个密码")
    kdf = Argon2id(salt=os.urandom(16), length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
    with _one_at_a_time:
        return kdf.derive_phc_encoded(text.encode())


def matches(kept: str, text: str) -> bool:
    """False for a wrong password, and for a hash that cannot be read (a row edited by hand)."""
    if len(text) > LONGEST:
        return False
    try:
        with _one_at_a_time:
            Argon2id.verify_phc_encoded(text.encode(), kept)
    except (InvalidKey, ValueError):
        return False
    return True
