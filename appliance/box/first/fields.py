"""What may stand in `lessonbox.toml`: one row a key. A row's check answers "" or what is wrong, in words that do not
repeat a secret."""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from appliance.box.first.read import Problem, Value, read
from appliance.passwords import LONGEST, SHORTEST
from appliance.rules.load import EDITIONS

Check = Callable[[Any], str]


def text(longest: int) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str):
            return "应当是文字，放在英文双引号里"
        if not value.strip() or not value.isprintable():
            return "是空的，或有看不见的字符"
        return "" if len(value) <= longest else f"太长，最多 {longest} 个字"

    return check


def matching(pattern: str, says: str) -> Check:
    return lambda value: "" if isinstance(value, str) and re.fullmatch(pattern, value) else says


def one_of(*choices: str | int) -> Check:
    return lambda value: (
        "" if value in choices and not isinstance(value, bool) else f"只能是 {'、'.join(map(str, choices))}"
    )


def address_with_mask(value: Any) -> str:
    try:
        found = ipaddress.ip_interface(value if isinstance(value, str) and "/" in value else "")
    except ValueError:
        return "应当是地址和掩码位数，例如 192.168.1.20/24"
    return "" if found.ip in found.network.hosts() or found.network.prefixlen >= 31 else "是网段本身或广播地址，不能用"


def address(value: Any) -> str:
    try:
        ipaddress.ip_address(value if isinstance(value, str) else "")
    except ValueError:
        return "应当是一个地址，例如 192.168.1.1"
    return ""


def addresses(value: Any) -> str:
    if not isinstance(value, list):
        return '应当是几个地址，例如 ["192.168.1.1"]'
    return next((said for one in value if (said := address(one))), "")


def password(value: Any) -> str:
    if not isinstance(value, str) or not SHORTEST <= len(value) <= LONGEST:
        return f"要 {SHORTEST} 到 {LONGEST} 个字符，放在英文双引号里"
    return ""


@dataclass(frozen=True)
class Field:
    """`setting`: its key in station.toml, "" where it is no setting."""

    key: str
    title: str
    check: Check
    setting: str = ""
    needed: bool = False


FIELDS = (
    Field("level", "级别", one_of("county", "city", "province"), "level"),
    Field("name", "站点名", text(40), "name", needed=True),
    Field("code", "站点代码", matching(r"(?!0+$)[0-9A-Za-z]{1,20}", "只能用字母和数字，不超过 20 位，不能全是 0"), "code", needed=True),
    Field("edition", "年度规则", one_of(*sorted(path.name for path in EDITIONS.iterdir() if path.name.isdecimal())), "edition"),
    Field("profile", "收件方式", one_of("design_first", "finished_video"), "profile"),
    Field("network.address", "地址", address_with_mask, "address"),
    Field("network.gateway", "网关", address, "gateway"),
    Field("network.dns", "域名服务器", addresses, "dns"),
    Field("screen.rotation", "屏幕方向", one_of(0, 90, 180, 270), "rotation"),
    Field("printer.device", "回执打印机", matching(r"/dev/usb/lp\d", "应当是 /dev/usb/lp0 这样的名字；只接了一台就是 /dev/usb/lp0"), "printer"),
    Field("technician.name", "技术员登录名", matching(r"[\w.-]{1,40}", "只能用文字、数字、点和横线，最多 40 个")),
    Field("technician.password", "技术员密码", password),
)  # fmt: skip
_BY_KEY = {field.key: field for field in FIELDS}
_NEED_EACH_OTHER = (("technician.name", "technician.password"), ("network.gateway", "network.address"))


@dataclass(frozen=True)
class Wanted:
    """`settings`: for station.toml. `technician`: login name and password, None when the screen's code is to be used."""

    settings: Mapping[str, Any]
    technician: tuple[str, str] | None


def wanted(data: bytes) -> tuple[Wanted | None, list[Problem]]:
    """What the file asks for, or everything that is wrong with it, in the order of its lines."""
    found, problems = read(data)
    if any(not problem.line for problem in problems):
        return None, problems
    problems += judged(found, {problem.about for problem in problems})
    if problems:
        return None, sorted(problems, key=lambda one: one.line)
    settings = {field.setting: found[field.key].value for field in FIELDS if field.setting and field.key in found}
    pair = found.get("technician.name"), found.get("technician.password")
    return Wanted(settings, (pair[0].value, pair[1].value) if pair[0] and pair[1] else None), []


def judged(found: Mapping[str, Value], unread: Set[str]) -> list[Problem]:
    """`unread`: keys whose lines could not be read; they are there, only wrong."""
    problems = []
    for key, one in found.items():
        if field := _BY_KEY.get(key):
            if said := field.check(one.value):
                problems.append(Problem(one.line, f"{field.title}（{key}）{said}"))
        else:
            problems.append(Problem(one.line, f"没有 {key} 这一项{_meant(key)}"))
    for field in FIELDS:
        if field.needed and field.key not in found and field.key not in unread:
            problems.append(Problem(0, f"没有写{field.title}（{field.key}）"))
    for one_key, other in (*_NEED_EACH_OTHER, *(pair[::-1] for pair in _NEED_EACH_OTHER[:1])):
        if one_key in found and other not in found and other not in unread:
            problems.append(
                Problem(found[one_key].line, f"写了{_BY_KEY[one_key].title}，没有写{_BY_KEY[other].title}（{other}）")
            )
    return problems


def named(level: str, name: str, code: str) -> tuple[dict[str, str], list[str]]:
    """The same checks for what was typed on the page 首次设置: settings, and what is wrong."""
    typed = {"level": level, "name": name, "code": code}
    says = [f"{_BY_KEY[key].title}{said}" for key, value in typed.items() if (said := _BY_KEY[key].check(value))]
    return typed, says


def _meant(key: str) -> str:
    near = difflib.get_close_matches(key, _BY_KEY, 1) or [
        known for known in _BY_KEY if known.rpartition(".")[2] == key.rpartition(".")[2]
    ]
    return f"，是不是 {near[0]}" if near else ""
