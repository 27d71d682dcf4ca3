"""地方规则: what a province, a city or a county changes in the year's rules, each change with who, when and why.

```toml
edition = "2024"              # the edition that it lies over; over others it does not count
level = "county"              # province, city or county: merged in this order
who = "示例县教育局"
when = 2024-06-20
why = "…"
[[change]]
what = "tolerances.duration_s.value"      # file.row.…; a rule by its id: rules.video-fps.limits.fps
value = 60                                # or add = ["…"] for a list of words
why = "…"
```
Pure: bytes and tables go in, a new table comes out. Raises `EditionWrong`.
"""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appliance.errors import EditionWrong

LEVELS = {"province": "省", "city": "市", "county": "县"}
FILES = ("materials", "rules", "sections", "subjects", "selection", "tolerances", "aliases", "checklist", "remedies")
_IN_RULE = ("limits", "severity", "cases")
_GROWS = ("sections", "aliases", "remedies")  # here a row that is not there yet may be written
_KEYS = {"edition": str, "level": str, "who": str, "when": dt.date, "why": str, "change": list}
_CHANGE_KEYS = {"what", "value", "add", "why"}


@dataclass(frozen=True)
class Overlay:
    """`name`: of its file. `changes`: (path, verb `value` or `add`, what is written)."""

    name: str
    edition: str
    level: str
    said: str
    changes: tuple[tuple[tuple[str, ...], str, Any], ...]
    sha256: str


def parse(name: str, text: bytes) -> Overlay:
    try:
        raw = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EditionWrong(f"地方规则 {name} 读不懂：{error}") from error
    _only(name, raw, _KEYS)
    for key, kind in _KEYS.items():
        if not isinstance(raw.get(key), kind) or raw[key] == "":
            raise EditionWrong(f"地方规则 {name} 没有写明 {key}")
    if raw["level"] not in LEVELS:
        raise EditionWrong(f"地方规则 {name} 的 level 只能是 {'、'.join(LEVELS)}")
    changes = tuple(_change(name, row) for row in raw["change"])
    said = f"{LEVELS[raw['level']]} {raw['who']} {raw['when']:%Y-%m-%d}：{raw['why']}"
    return Overlay(name, raw["edition"], raw["level"], said, changes, hashlib.sha256(text).hexdigest())


def _change(name: str, row: Mapping[str, Any]) -> tuple[tuple[str, ...], str, Any]:
    if not isinstance(row, dict):
        raise EditionWrong(f"地方规则 {name} 的 change 应当是 [[change]]")
    _only(name, row, _CHANGE_KEYS)
    verbs = [verb for verb in ("value", "add") if verb in row]
    if not isinstance(row.get("what"), str) or not row.get("why") or len(verbs) != 1:
        raise EditionWrong(f"地方规则 {name} 的每个 change 要有 what、why，和 value 或 add")
    return tuple(row["what"].split(".")), verbs[0], row[verbs[0]]


def _only(name: str, given: Iterable[str], known: Iterable[str]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise EditionWrong(f"地方规则 {name} 里有不认识的键：{'、'.join(unknown)}")


def ordered(overlays: Iterable[Overlay]) -> list[Overlay]:
    """Province, city, county; of one level by file name."""
    return sorted(overlays, key=lambda one: ([*LEVELS].index(one.level), one.name))


def merged(raw: Mapping[str, Any], overlays: Sequence[Overlay]) -> dict[str, Any]:
    """`raw` as `load.read_raw` gives it, its rules unfolded; it stays as it is."""
    result: dict[str, Any] = copy.deepcopy(dict(raw))
    for overlay in overlays:
        for path, verb, value in overlay.changes:
            _write(result, overlay.name, path, verb, value)
    return result


def _write(raw: dict[str, Any], name: str, path: tuple[str, ...], verb: str, value: Any) -> None:
    told = f"地方规则 {name} 的 {'.'.join(path)}"
    place, key, grows = _place(raw, told, path)
    if key not in place and not grows:
        raise EditionWrong(f"{told}：没有这一项")
    was = place.get(key)
    if verb == "add":
        if not isinstance(value, list) or not isinstance(was, list | None):
            raise EditionWrong(f"{told}：add 只能给词表添词")
        place[key] = [*(was or ()), *(word for word in value if word not in (was or ()))]
        return
    if was is not None and not _alike(was, value):
        raise EditionWrong(f"{told}：现在是 {was!r}，不能改成 {value!r}")
    place[key] = value


def _place(raw: dict[str, Any], told: str, path: tuple[str, ...]) -> tuple[dict[str, Any], str, bool]:
    file, *steps = path
    if file not in FILES or file not in raw or not steps:
        raise EditionWrong(f"{told}：地方规则只能改 {'、'.join(FILES)}")
    place = raw[file]
    if file == "rules":
        place = {row["id"]: row for row in raw["rules"]["rule"]}
        if len(steps) < 2 or steps[1] not in _IN_RULE:
            raise EditionWrong(f"{told}：一条规则里只能改 {'、'.join(_IN_RULE)}")
    for step in steps[:-1]:
        place = place.get(step) if isinstance(place, dict) else None
    if not isinstance(place, dict):
        raise EditionWrong(f"{told}：没有这一项")
    return place, steps[-1], file in _GROWS or (file == "rules" and "cases" in steps[:-2])


def _alike(was: object, value: object) -> bool:
    """The same kind of value. A limit that stands for a tolerance (`"@…"`) may become a number."""
    numbers = (int, float)
    if isinstance(was, str) and was.startswith("@"):
        return type(value) in numbers or isinstance(value, str)
    return type(was) is type(value) or (type(was) in numbers and type(value) in numbers)


def digest(base: str, overlays: Sequence[Overlay]) -> str:
    """The edition's own hash when nothing lies over it."""
    if not overlays:
        return base
    lines = [base, *(f"{one.sha256}  {one.level}/{one.name}" for one in overlays)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
