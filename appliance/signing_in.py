"""Name and password of a user, checked: to sign in, and where a second person stands by what the first one does."""

from __future__ import annotations

import functools
import secrets
import time
from collections.abc import Collection
from typing import Any

from appliance import passwords
from appliance.catalog import Catalog, users
from appliance.errors import NotAllowed


def check(catalog: Catalog, name: str, password: str) -> dict[str, Any]:
    """The user's row. Raises `NotAllowed`, which says why. The failure is counted before the password is looked at:
    eight guesses sent at once are eight failures."""
    now = time.time()
    with catalog.writing() as db:
        row = users.find(db, name)
        if row and row["locked_until"] > now:
            raise _locked(row["locked_until"] - now)
        if row:
            users.count_failure(db, name, now)
    right = passwords.matches(row["password"] if row else _nobody(), password)
    if not row or not right:
        raise NotAllowed("登录名或密码不对", effect="没有登录", remedy="请再试一次，或请技术员重设密码")
    if row["disabled"]:
        raise NotAllowed("这个用户已停用", effect="没有登录", remedy="请联系技术员")
    with catalog.writing() as db:
        users.count_success(db, name)
    return row


def second(catalog: Catalog, first: str, name: str, password: str, roles: Collection[str]) -> str:
    """Another user than `first`, of one of `roles`, who gave their own password. Raises `NotAllowed`."""
    wanted = "、".join(users.ROLES[role] for role in sorted(roles))
    if not name.strip() or name.strip() == first:
        raise NotAllowed("要另一个人同意", remedy="请另一个人填自己的登录名和密码")
    try:
        row = check(catalog, name.strip(), password)
    except NotAllowed as error:
        raise NotAllowed(f"另一个人的签名不对：{error.what}", remedy="请另一个人再填一次自己的登录名和密码") from error
    if row["role"] not in roles:
        raise NotAllowed(f"{name.strip()}的角色不能签这个名", remedy=f"请角色是{wanted}的另一个人来签")
    return str(row["name"])


@functools.cache
def _nobody() -> str:
    """Looked at when the name is unknown, so that the answer takes as long as for a known one."""
    return passwords.hash(secrets.token_urlsafe())


def _locked(seconds: float) -> NotAllowed:
    minutes = max(1, round(seconds / 60))
    return NotAllowed(
        f"密码连错 {users.ALLOWED_FAILURES} 次，暂停登录",
        effect="没有登录",
        remedy=f"请约 {minutes} 分钟后再试，或请技术员重设密码",
    )
