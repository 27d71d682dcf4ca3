"""工作联系人信息表 (附件4, O1), filled from `<home>/contact.toml`; what is not there stays blank, to be written by hand.

```toml
unit = { name = "…", department = "…", address = "…", postcode = "…" }
[administration.head]      # 行政部门负责人；administration.contact 联系人；organiser.head、organiser.contact 同样
name = "…"
```
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from appliance.errors import SettingsWrong
from appliance.reports.paper import paper

UNIT = (("单位名称", "name"), ("主管处室", "department"), ("通讯地址", "address"), ("邮政编码", "postcode"))
SIDES = (("教育行政部门", "administration"), ("组织实施部门", "organiser"))
ROLES = (("负责人", "head"), ("联系人", "contact"))
FIELDS = (
    ("姓名", "name"), ("性别", "sex"), ("民族", "nationality"), ("单位处室", "office"), ("职务", "post"),
    ("办公电话", "telephone"), ("传真", "fax"), ("手机", "mobile"), ("电子邮箱", "email"), ("备注", "remarks"),
)  # fmt: skip


def contact_form(path: Path) -> str:
    """Raises `SettingsWrong`."""
    given = _read(path) if path.is_file() else {}
    unit = [(head, _said(given.get("unit"), name)) for head, name in UNIT]
    sides = [
        (heading, [(role, _person((given.get(side) or {}).get(key))) for role, key in ROLES]) for heading, side in SIDES
    ]
    return paper("contact", "工作联系人信息表", unit=unit, sides=sides, fields=FIELDS)


def _read(path: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"contact.toml 读不懂：{error}", remedy="请按提示改正") from error
    unknown = set(given) - {"unit", *(side for _, side in SIDES)}
    if unknown or not all(isinstance(one, dict) for one in given.values()):
        raise SettingsWrong(f"contact.toml 里有不认识的内容：{'、'.join(sorted(unknown)) or '类型不对'}")
    return given


def _person(given: Any) -> dict[str, str]:
    return defaultdict(str, {name: _said(given, name) for _, name in FIELDS})


def _said(given: Any, name: str) -> str:
    return str(given.get(name, "")) if isinstance(given, dict) else ""
