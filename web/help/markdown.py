"""The part of Markdown that the manual uses, as HTML: paragraphs, lists, tables, pictures, bold, code, links.

Everything is escaped. Lines of a paragraph are joined without a space, as Chinese is. Links lead out of the box or into the
repository, so only their words are kept.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

_PICTURE = re.compile(r"!\[([^]]*)\]\(\.\./web/static/([\w/.-]+)\)")
_INLINE = (
    (re.compile(r"\*\*([^*]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"`([^`]+)`"), r'<span class="code">\1</span>'),
    (re.compile(r"\[([^]]+)\]\([^)]*\)"), r"\1"),
)


def html(text: str, address: Callable[[str], str]) -> Markup:
    """`address`: of a picture, from its path below web/static."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return Markup("\n").join(part for block in blocks for part in _block(block.splitlines(), address))


def _block(lines: list[str], address: Callable[[str], str]) -> Iterator[Markup]:
    for kind, group in itertools.groupby(lines, _kind):
        yield _MAKERS[kind](list(group), address)


def _kind(line: str) -> str:
    if _PICTURE.fullmatch(line.strip()):
        return "picture"
    if line.startswith("|"):
        return "table"
    if re.match(r"- ", line):
        return "bullets"
    return "numbers" if re.match(r"\d+\. ", line) else "text"


def _text(lines: list[str], _: Callable[[str], str]) -> Markup:
    return Markup("<p>%s</p>") % _inline("".join(line.strip() for line in lines))


def _list(tag: str) -> Callable[[list[str], Callable[[str], str]], Markup]:
    def made(lines: list[str], _: Callable[[str], str]) -> Markup:
        items = Markup("").join(Markup("<li>%s</li>") % _inline(line.partition(" ")[2]) for line in lines)
        return Markup(f"<{tag}>%s</{tag}>") % items

    return made


def _table(lines: list[str], _: Callable[[str], str]) -> Markup:
    head, _rule, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    top = Markup("").join(Markup('<th scope="col">%s</th>') % _inline(cell) for cell in head)
    body = Markup("").join(
        Markup("<tr>%s</tr>") % Markup("").join(Markup("<td>%s</td>") % _inline(cell) for cell in row) for row in rows
    )
    return Markup("<table><thead><tr>%s</tr></thead><tbody>%s</tbody></table>") % (top, body)


def _picture(lines: list[str], address: Callable[[str], str]) -> Markup:
    found = [_PICTURE.fullmatch(line.strip()) for line in lines]
    shots = [
        Markup('<figure class="shot"><img src="%s" alt="%s" loading="lazy"></figure>') % (address(one[2]), one[1])
        for one in found
        if one
    ]
    return Markup("").join(shots)


def _inline(text: str) -> Markup:
    said = str(escape(text))
    for pattern, form in _INLINE:
        said = pattern.sub(form, said)
    return Markup(said)


_MAKERS: dict[str, Callable[[list[str], Callable[[str], str]], Markup]] = {
    "picture": _picture, "table": _table, "bullets": _list("ul"), "numbers": _list("ol"), "text": _text,
}  # fmt: skip
