"""`lessonbox check PATH…`: checks files or lesson folders as the box would. Needs no station, stores nothing."""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from appliance.cli import Answer
from appliance.errors import WrongUse
from appliance.intake.identify import identify, manifest_of
from appliance.intake.ignore import reason
from appliance.model import LessonFacts, LessonGuess, Material, Phase, Verdict
from appliance.probes import probe
from appliance.probes.container import regular
from appliance.reports.lesson_json import of_parts
from appliance.reports.shown import shown
from appliance.rules import engine
from appliance.rules.edition import Edition
from appliance.rules.load import load
from appliance.station import Settings

FORM = "提交单.json"
_MOST_FORM = 1_000_000
_MOST_FILES = 20_000
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
    lessons = [
        _checked(guess, group, args.phase, edition)
        for group in _groups(args.paths, args.form)
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


def _groups(paths: Sequence[Path], form: Path | None) -> Iterator[Group]:
    given = _manifest(form) if form else None
    files = [path for path in paths if path.is_file()]
    if files:
        named = [(path, path.name) for path in files if path.name != FORM]
        beside = next((path for path in files if path.name == FORM), None)
        manifest = given or (_manifest(beside) if beside else None)
        yield Group(_loose(named), manifest, "")
    for folder in (path for path in paths if path not in files):
        if not folder.is_dir():
            raise WrongUse(f"没有这个文件或文件夹：{shown(str(folder))}")
        yield from _of_folder(folder.absolute(), given)


def _of_folder(folder: Path, given: dict[str, Any] | None) -> Iterator[Group]:
    """The deepest form above a file speaks of it; files without a form are named from the given folder on."""
    found = list(_walk(folder))
    forms = {path.parent: _manifest(path) for path in found if path.name == FORM}
    by_form: dict[Path | None, list[Path]] = {}
    for path in found:
        if path.name != FORM:
            by_form.setdefault(next((above for above in path.parents if forms.get(above)), None), []).append(path)
    for base, paths in by_form.items():
        if base is not None:
            yield Group(_loose((path, path.relative_to(base).as_posix()) for path in paths), forms[base], "")
        elif given:
            yield Group(_loose((path, path.relative_to(folder).as_posix()) for path in paths), given, "")
        else:
            named = ((path, path.relative_to(folder.parent).as_posix()) for path in paths)
            yield Group(_loose(named), None, folder.parent.name)


def _walk(folder: Path) -> Iterator[Path]:
    count = 0
    for above, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(above, name)
            if path.is_symlink() or not path.is_file():
                continue
            if reason(path.relative_to(folder).as_posix(), path.stat().st_size):
                continue
            count += 1
            if count > _MOST_FILES:
                raise WrongUse(f"文件夹里的文件超过 {_MOST_FILES} 个")
            yield path


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


def _loose(named: Iterable[tuple[Path, str]]) -> tuple[Loose, ...]:
    return tuple(Loose(path, name, *_hashed(path)) for path, name in named)


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
    return of_parts(guess.identity, asked, engine.verdict(findings), materials, findings)


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
