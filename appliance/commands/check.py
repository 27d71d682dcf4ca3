"""`lessonbox check PATH…`: checks files, lesson folders or archives of them as the box would. Needs no station,
stores nothing."""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from appliance.cli import Answer
from appliance.errors import WrongUse
from appliance.intake import names
from appliance.intake.identify import identify, manifest_of
from appliance.intake.peek import Laid, laid, opened
from appliance.model import LessonFacts, LessonGuess, Material, Phase, Verdict
from appliance.probes import probe
from appliance.probes.container import regular
from appliance.reports.lesson_json import of_parts
from appliance.reports.shown import shown
from appliance.rules import engine
from appliance.rules.edition import Edition
from appliance.rules.load import load
from appliance.selection import checklist
from appliance.settings import Settings

FORM = "提交单.json"
_MOST_FORM = 1_000_000
_VERDICTS = {Verdict.PASS: "合格", Verdict.RETURN: "退回补正", Verdict.PERSON: "待人工"}
_LESSONS_HAVE_ERRORS = 1


@dataclass(frozen=True)
class Loose:
    """A file on disk that nobody has taken in. `name` is below the group that it belongs to."""

    path: Path
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Group:
    """Files that one form speaks of, or that came with no form; `school` as far as a folder tells it."""

    files: tuple[Loose, ...]
    manifest: dict[str, Any] | None
    school: str


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="课例文件夹，或一节课的几个文件")
    parser.add_argument("--form", type=Path, metavar="F", help=f"{FORM} 的位置（默认在文件夹里找）")
    parser.add_argument("--category", help="类别，年度规则里的代号")
    parser.add_argument("--stage", help="学段，年度规则里的代号")
    parser.add_argument("--phase", choices=[phase.value for phase in Phase], help="默认：有视频按成品查，没有按设计查")
    parser.add_argument("--edition", default=Settings.edition, help="年度规则（默认 %(default)s）")


def run(args: argparse.Namespace) -> Answer:
    """Raises `WrongUse` for paths and words that are not known."""
    edition = load(args.edition)
    forced = _forced(args, edition)
    with tempfile.TemporaryDirectory(prefix="lessonbox-check-") as room:
        lessons = [
            _checked(guess, group, args.phase, edition)
            for group in _groups(args.paths, args.form, Path(room))
            for guess in identify(
                [(file.name, file.sha256, file.size) for file in group.files], edition,
                school_hint=group.school, manifest=group.manifest, forced=forced,
            )
        ]  # fmt: skip
    if not lessons:
        raise WrongUse("这里没有可以检查的文件")
    verdicts = [lesson["verdict"] for lesson in lessons]
    data = {
        "ok": all(verdict == Verdict.PASS for verdict in verdicts),
        "edition": {"id": edition.id, "hash": edition.hash},
        "lessons": lessons,
    }
    return Answer(data, _text(lessons), _LESSONS_HAVE_ERRORS if Verdict.RETURN in verdicts else 0)


def _forced(args: argparse.Namespace, edition: Edition) -> dict[str, str]:
    known = {"category": edition.categories, "stage": edition.stages}
    for name, words in known.items():
        value = getattr(args, name)
        if value and value not in words:
            raise WrongUse(f"--{name} 只能是 {'、'.join(words)}")
    return {name: getattr(args, name) for name in known if getattr(args, name)}


def _groups(paths: Sequence[Path], form: Path | None, room: Path) -> Iterator[Group]:
    given = _manifest(form) if form else None
    files = [path for path in paths if path.is_file()]
    if files:
        found = [one for path in files for one in opened(Laid(Path(names.shown(os.fsencode(path.name))), path), room)]
        beside = next((one.file for one in found if one.path.name == FORM), None)
        manifest = given or (_manifest(beside) if beside else None)
        yield Group(_loose((one, one.path.as_posix()) for one in found if one.path.name != FORM), manifest, "")
    for folder in (path for path in paths if path not in files):
        if not folder.is_dir():
            raise WrongUse(f"没有这个文件或文件夹：{shown(str(folder))}")
        yield from _of_folder(folder.absolute(), given, room)


def _of_folder(folder: Path, given: dict[str, Any] | None, room: Path) -> Iterator[Group]:
    """The deepest form above a file speaks of it; files without a form are named from the given folder on."""
    found = list(laid(folder, room))
    top = Path(names.shown(os.fsencode(folder)))
    forms = {one.path.parent: _manifest(one.file) for one in found if one.path.name == FORM}
    by_form: dict[Path | None, list[Laid]] = {}
    for one in found:
        if one.path.name != FORM:
            by_form.setdefault(next((above for above in one.path.parents if forms.get(above)), None), []).append(one)
    for base, inside in by_form.items():
        below, manifest = (base, forms[base]) if base is not None else (top if given else top.parent, given)
        named = ((one, one.path.relative_to(below).as_posix()) for one in inside)
        yield Group(_loose(named), manifest, "" if manifest else top.parent.name)


def _manifest(path: Path) -> dict[str, Any] | None:
    """Raises `WrongUse` when the form cannot be read."""
    try:
        with regular(path) as (file, size):
            manifest = manifest_of(file.read(_MOST_FORM)) if size <= _MOST_FORM else None
    except OSError as error:
        raise WrongUse(f"读不了{shown(str(path))}：{error.strerror or error}") from error
    if manifest is None:
        raise WrongUse(f"{shown(path.name)} 不是一份提交单")
    return manifest


def _loose(named: Iterable[tuple[Laid, str]]) -> tuple[Loose, ...]:
    return tuple(Loose(one.file, name, *_hashed(one.file)) for one, name in named)


def _hashed(path: Path) -> tuple[str, int]:
    try:
        with regular(path) as (file, size):
            return hashlib.file_digest(file, "sha256").hexdigest(), size  # type: ignore[arg-type]
    except OSError as error:
        raise WrongUse(f"读不了{shown(str(path))}：{error.strerror or error}") from error


def _checked(guess: LessonGuess, group: Group, phase: str | None, edition: Edition) -> dict[str, Any]:
    paths = {file.sha256: file.path for file in group.files}
    materials = tuple(_measured(material, paths) for material in guess.materials)
    asked = Phase(phase) if phase else _phase(materials, edition)
    findings = engine.check(LessonFacts(guess.identity, asked, materials), edition)
    said = of_parts(guess.identity, asked, engine.verdict(findings), materials, findings)
    return said | {"checklist": checklist.as_json(checklist.unanswered(edition, guess.identity, asked))}


def _measured(material: Material, paths: Mapping[str, Path]) -> Material:
    return replace(material, media=probe(paths[material.sha256]))


def _phase(materials: Sequence[Material], edition: Edition) -> Phase:
    return Phase.PRODUCTION if any(material.role in edition.film for material in materials) else Phase.DESIGN


def _text(lessons: Sequence[dict[str, Any]]) -> str:
    lines = []
    for lesson in lessons:
        title = shown(lesson["title"]) or "课名未知"
        lines.append(f"《{title}》 {_VERDICTS[Verdict(lesson['verdict'])]}")
        lines += [f"  {number}. {_line(finding)}" for number, finding in enumerate(lesson["findings"], 1)]
    return "\n".join(lines)


def _line(finding: Mapping[str, str]) -> str:
    name = finding["material"].rpartition("/")[2]
    where = "" if not name or name in finding["says"] else f"{shown(name)}："
    return f"{where}{shown(finding['says'])}。{shown(finding['fix'])}。（{finding['clause']}）"
