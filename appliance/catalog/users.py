"""The people who may sign in. Passwords arrive here hashed (`appliance.passwords`).

`epoch` counts password and role changes: a session that carries an older one is no longer signed in.
"""

from __future__ import annotations

import re
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.errors import NotAllowed, NotFound, WrongUse

ROLES = {"clerk": "经办", "approver": "审批", "technician": "技术员"}
SELECTORS = ("clerk", "approver")  # who does the work of the selection
ALLOWED_FAILURES = 5
LOCKED_SECONDS = 300

_NAME = re.compile(r"[\w.-]{1,40}")


def create(db: Database, name: str, shown: str, role: str, password: str) -> None:
    """`password`: the hash. Raises `WrongUse` for an unusable name or role, `NotAllowed` when it is taken."""
    if not _NAME.fullmatch(name):
        raise WrongUse("登录名只能用文字、数字、点和横线，最多 40 个", remedy="请换一个登录名")
    _require_role(role)
    if find(db, name):
        raise NotAllowed(f"已经有用户 {name}", remedy="请换一个登录名")
    db.table("user").insert(
        {"name": name, "shown": shown.strip()[:40] or name, "role": role, "password": password,
         "created_at": clock.now().wall}
    )  # fmt: skip


def find(db: Database, name: str) -> dict[str, Any] | None:
    return next(db.query("select * from user where name = ?", [name]), None)


def by_name(db: Database, name: str) -> dict[str, Any]:
    """Raises `NotFound`."""
    if (row := find(db, name)) is None:
        raise NotFound(f"没有用户 {name}", remedy="请核对登录名")
    return row


def everyone(db: Database) -> list[dict[str, Any]]:
    return list(db.query("select * from user order by disabled, role, name"))


def any_exists(db: Database) -> bool:
    return db.execute("select exists (select 1 from user)").fetchone()[0] == 1


def set_role(db: Database, name: str, role: str) -> None:
    _require_role(role)
    if by_name(db, name)["role"] == "technician" and role != "technician":
        _require_other_technician(db, name)
    db.execute("update user set role = ?, epoch = epoch + 1 where name = ?", [role, name])


def set_password(db: Database, name: str, password: str) -> None:
    """Also ends a lock-out: whoever could set it is trusted to."""
    by_name(db, name)
    db.execute(
        "update user set password = ?, failures = 0, locked_until = 0, epoch = epoch + 1 where name = ?",
        [password, name],
    )


def set_disabled(db: Database, name: str, disabled: bool) -> None:
    """Raises `NotAllowed` for the last technician: nobody could let anybody in again."""
    if by_name(db, name)["role"] == "technician" and disabled:
        _require_other_technician(db, name)
    db.execute("update user set disabled = ?, epoch = epoch + 1 where name = ?", [int(disabled), name])


def count_failure(db: Database, name: str, now: float) -> None:
    """The fifth failure in a row locks for some minutes. `now`: seconds since 1970."""
    db.execute(
        "update user set failures = (failures + 1) % ?,"
        " locked_until = case when failures + 1 >= ? then ? else locked_until end where name = ?",
        [ALLOWED_FAILURES, ALLOWED_FAILURES, now + LOCKED_SECONDS, name],
    )


def count_success(db: Database, name: str) -> None:
    db.execute("update user set failures = 0, locked_until = 0 where name = ?", [name])


def _require_role(role: str) -> None:
    if role not in ROLES:
        raise WrongUse(f"角色只能是 {'、'.join(ROLES)}", remedy="请选一个角色")


def _require_other_technician(db: Database, name: str) -> None:
    left = db.execute(
        "select count(*) from user where role = 'technician' and disabled = 0 and name <> ?", [name]
    ).fetchone()[0]
    if not left:
        raise NotAllowed("这是最后一个技术员", remedy="请先增加另一个技术员")
