"""The people of the sample office, and a text that every page must show as text."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog import users

PASSWORD = "sample password"
USERS = {"clerk": "经办甲", "approver": "审批甲", "technician": "技术员甲"}
HOSTILE = '<script>alert("x")</script>\u202egpj.exe" onload="alert(1)'


def add_user(db: Database, name: str, role: str) -> None:
    users.create(db, name, name, role, cheap_hash())


def cheap_hash(secret: str = PASSWORD) -> str:
    """A real Argon2id hash with the least memory: many tests sign in."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=b"0123456789abcdef", length=32, iterations=1, lanes=1, memory_cost=8)
    return kdf.derive_phc_encoded(secret.encode())
