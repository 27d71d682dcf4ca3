"""How values look on a page: names made inert, sizes, times, and what every template may use."""

from __future__ import annotations

import datetime as dt
import unicodedata

from flask import Flask, g, request, url_for
from markupsafe import Markup, escape

from web import event_words, words
from web.pages import BY_NAME, menu_for


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        shown=shown, plain=plain, size=size, moment=moment, duration=duration, count=count, name_of=name_of, leaf=leaf
    )
    app.jinja_env.globals.update(word=words.word, words=words, event_words=event_words, page_of=BY_NAME.__getitem__)
    app.jinja_env.globals["icons"] = f"{app.static_url_path}/icons.svg"  # hundreds on a page: an address made once
    app.context_processor(lambda: _everywhere(app))


def _everywhere(app: Flask) -> dict:
    page = BY_NAME.get(request.blueprint or "")
    user = g.get("user")
    return {
        "page": page,
        "me": user,
        "menu": menu_for(user.role if user else ""),
        "station": app.extensions["station"].settings,
        "asset": lambda name: url_for("static", filename=name),
    }


def plain(text: object) -> str:
    """Without what steers a terminal, a line or the direction of writing: those show as their number (H6)."""
    words = str(text)
    if words.isprintable():  # nearly all are; then none of them steers
        return words
    return "".join(f"⟨{ord(each):04X}⟩" if _steers(each) else each for each in words)


def _steers(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char != "\u200d"


def shown(text: object) -> Markup:
    """A name that somebody else chose: escaped, and kept from turning the words around it."""
    return Markup(f"<bdi>{escape(plain(text))}</bdi>")


def size(count: float | None) -> str:
    """Decimal units, as sticks and the notice count."""
    value = float(count or 0)
    for unit in ("B", "KB", "MB"):
        if value < 999.5:
            return f"{value:.0f} {unit}"
        value /= 1000
    return f"{value:.1f} GB" if value < 999.5 else f"{value / 1000:.1f} TB"


def moment(text: str | None) -> str:
    """`5月18日 14:30`; with the year when it is another one."""
    if not text:
        return ""
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return plain(text)
    year = "" if at.year == dt.datetime.now().year else f"{at.year}年"
    return f"{year}{at.month}月{at.day}日 {at:%H:%M}"


def duration(seconds: float) -> str:
    if seconds < 60:
        return "不到 1 分钟"
    minutes = round(seconds / 60)
    return f"约 {minutes} 分钟" if minutes < 90 else f"约 {seconds / 3600:.1f} 小时"


def count(number: int) -> str:
    return f"{number:,}"


def name_of(value: str, names: dict[str, str]) -> str:
    """The Chinese name of a word of the edition; an unknown word as it is."""
    return names.get(value, value)


def leaf(path: str) -> str:
    """The file's own name, without the folders that it came in."""
    return path.rpartition("/")[2] or path
