"""What holds for every file of the house."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from appliance.failpoint import FAILPOINTS
from appliance.pipeline import STAGES
from tests.structure.tracked import ROOT, text_of, tracked

# Put together here, so that this file does not hold what it forbids.
FORBIDDEN = [
    re.compile(pattern)
    for pattern in (
        r"\bpy" + r"pi\.org\b", r"\bpythonhosted" + r"\.org\b", r"\bnpmjs" + r"\.(com|org)\b",
        r"\bdeb\.debian" + r"\.org\b", r"\bftp\.[a-z.]*debian" + r"\.org\b", r"\bcdn\.jsdelivr", r"\bunpkg" + r"\.com\b",
        r"(?<![\w.])/" + r"work/", r"(?<![\w.])/" + r"root/", r"(?<![\w.])/" + r"home/[a-z]", r"\bfile:" + r"///opt",
        r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b",
    )
]  # fmt: skip
VENDORED = ROOT / "web/static/vendor"


def test_rooms_import_each_other_only_as_the_design_says() -> None:
    said = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"], cwd=ROOT, text=True, capture_output=True
    )
    assert (said.returncode, said.stdout[-2000:] if said.returncode else "") == (0, "")


def test_no_file_names_a_registry_or_a_place_on_one_machine_or_leaves_work_undone() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if VENDORED not in path.parents
        for pattern in FORBIDDEN
        for match in pattern.finditer(text_of(path))
    ]
    assert found == []


def test_no_source_file_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked()
        if path.suffix in (".py", ".js", ".css", ".html", ".sh") and VENDORED not in path.parents
        if (count := text_of(path).count("\n")) > 400
    }
    assert long == {}


def test_requirements_are_pinned_with_hashes_and_what_runs_is_part_of_dev() -> None:
    pins = {}
    for name in ("run", "ocr", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        blocks = re.findall(r"^([a-z0-9-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M)
        pins[name] = {package: version for package, version, _ in blocks}
        assert len(blocks) == len(re.findall(r"^[^\s#]", text, re.M))
    assert pins["run"].items() | pins["ocr"].items() <= pins["dev"].items()


def test_vendored_files_are_those_of_the_checksum_list() -> None:
    listed = dict(reversed(line.split(maxsplit=1)) for line in (VENDORED / "SHA256SUMS").read_text().splitlines())
    there = {
        str(path.relative_to(VENDORED)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in tracked()
        if VENDORED in path.parents and path.name != "SHA256SUMS"
    }
    assert {name.lstrip("*"): digest for name, digest in listed.items()} == there


def test_every_failpoint_is_passed_somewhere_and_every_passage_is_listed() -> None:
    passed = {name for path in tracked() if path.suffix == ".py" for name in passages(path)}
    assert passed == set(FAILPOINTS)


def passages(path: Path) -> Iterator[str]:
    """The names given to `failpoint.reached("…")` in a source file."""
    if path.relative_to(ROOT).parts[0] not in ("appliance", "sync", "web"):
        return
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("failpoint.reached", "reached"):
            yield from (name for word in node.args for name in named(word))


def named(word: ast.expr) -> list[str]:
    """The names that one argument can be; the pipeline puts the word of its stage before the rest."""
    if isinstance(word, ast.Constant):
        return [str(word.value)]
    text = ast.unparse(word).strip("f'\"")
    return [text.replace("{stage.word}", stage.word) for stage in STAGES]
