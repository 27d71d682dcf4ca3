"""The rules in force at a station: the edition, and what province, city and county lay over it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from appliance.errors import EditionWrong
from appliance.rules import load, overlay
from appliance.rules.edition import Edition
from appliance.rules.hard import loosened
from appliance.rules.lint import problems

Files = tuple[tuple[str, bytes], ...]


def in_force(edition_id: str, folder: Path | None, more: Iterable[Path] = (), texts: Files = ()) -> Edition:
    """`folder`: the station's `editions`, whose TOML files are read anew each time, None without a station; `more`:
    files to be tried; `texts`: the same, as (name, bytes). Raises `NotFound`, `EditionWrong`."""
    paths = [*(sorted(folder.glob("*.toml")) if folder else ()), *more]
    try:
        read = tuple((path.name, path.read_bytes()) for path in paths)
    except OSError as error:
        raise EditionWrong(f"地方规则读不了：{error}") from error
    return _merged(edition_id, (*read, *texts))


@functools.lru_cache(16)
def _merged(edition_id: str, files: Files) -> Edition:
    base = load.load(edition_id)
    parsed = [overlay.parse(name, text) for name, text in files]
    for one in parsed:
        if not load.known(one.edition):
            raise EditionWrong(f"地方规则 {one.name} 写的年度规则 {one.edition} 没有")
    mine = overlay.ordered(one for one in parsed if one.edition == edition_id)
    if not mine:
        return base
    raw = load.read_raw(load.EDITIONS / edition_id)
    raw["rules"] = {**raw["rules"], "rule": load.rows_of(raw["rules"])}
    result = _layered(raw, mine)
    if wrong := problems(result):
        names = "、".join(one.name for one in mine)
        raise EditionWrong(f"加上地方规则 {names} 以后有误：{'；'.join(wrong)}")
    made = load.edition_of(edition_id, result, overlay.digest(base.hash, mine))
    return replace(made, layers=tuple(one.said for one in mine))


def _layered(raw: Mapping[str, Any], overlays: Sequence[overlay.Overlay]) -> Mapping[str, Any]:
    """One over the other; none may loosen what the notice, or a level above it, demands."""
    for one in overlays:
        above, raw = raw, overlay.merged(raw, [one])
        if looser := loosened(above, raw):
            raise EditionWrong(f"地方规则 {one.name} 放宽了通知或上级的要求，不能用：{'；'.join(looser)}")
    return raw
