"""`python -m tests.quality.mediaconch`: the video rules that MediaConch can express, by it and by the box, on the labelled films.

The policy is made from the edition: for each kind of rule one named policy whose failing means the same as the box's
return. Both read the container only; the box in its first turn. What differs is printed with the reason (`EXPLAINED`);
a difference without one makes the command fail.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from appliance.model import LessonFacts, Material, Phase, Turn
from appliance.probes import probe
from appliance.rules import engine
from appliance.rules.edition import Edition, Rule
from appliance.rules.load import load
from tests.quality.judge import outcome_of
from tests.quality.labelled import RETURN, Labelled
from tests.quality.labels import labels

_NS = "{https://mediaarea.net/mediaconch}"

# Why the two may differ: (kind, where, why). `where` is a word of the material's name; "" for all of them.
EXPLAINED = (
    ("fps", "ts named", "这种格式的文件头不写帧率方式；盒子按每一帧的时间数"),
    ("fps", "flv named", "这种格式的文件头不写帧率方式；盒子按每一帧的时间数"),
    ("fps", "avi named", "这种格式的文件头不写帧率方式；盒子按每一帧的时间数"),
    ("fps", "sound only", "没有画面，盒子只说一次"),
    ("picture", "sound only", "没有画面，盒子只说一次"),
    ("aspect", "sound only", "没有画面，盒子只说一次"),
    ("duration", ": ", "声音补足整帧，成片常多出百分之几秒；盒子按整秒算，和给人看的一样"),
    ("whole", "cut at", "只有索引在前而且切掉很多时，MediaInfo 才说 IsTruncated；盒子看结构"),
    ("whole", "zeros", "MediaInfo 不看数据是不是空的"),
    ("whole", "never written", "MediaInfo 认不出格式，什么也不说；盒子说没有拷完"),
    ("whole", "empty", "MediaInfo 对空文件什么也不说"),
    ("whole", "no index", "MediaInfo 不说缺少索引"),
    ("whole", "no data", "MediaInfo 不说缺少画面数据"),
    ("whole", "claims too much", "数据的长度写得过大，MediaInfo 不说"),
    ("whole", "text behind", "MediaInfo 跳过后面读不懂的数据"),
)  # fmt: skip
# A film that the box returns as not whole, and does not measure further, MediaConch measures as far as it goes; and what
# is no film at all fails every test of MediaConch, while the box says that once.
_BROKEN = "盒子已说文件不完整或不是视频，不再逐条量"


@dataclass(frozen=True)
class Test:
    """One MediaConch test: track, field, operator, value."""

    track: str
    field: str
    operator: str
    value: str = ""


def tests_of(rule: Rule) -> list[list[Test]]:
    """All must hold; of the tests inside one list, any."""
    limits: Mapping[str, Any] = rule.limits
    match rule.kind:
        case "codec":
            return [[Test("Video", "Format", "=", limits["codec"])]]
        case "fps":
            return [
                [Test("Video", "FrameRate", "=", f"{limits['fps']:.3f}")],
                [Test("Video", "FrameRate_Mode", "=", "CFR")],
            ]
        case "picture":
            return [
                [Test("Video", "Width", "=", f"{limits['width']}")],
                [Test("Video", "Height", "=", f"{limits['height']}")],
            ]
        case "aspect":
            shape, off = limits["width"] / limits["height"], limits["sar"]
            upright = [Test("Video", "Rotation", "=", "0.000"), Test("Video", "Rotation", "=", "180.000"), Test("Video", "Rotation", "must not exist")]  # fmt: skip
            # Its DisplayAspectRatio is that of the turned picture: a turn shows as a wrong shape or as a rotation.
            return [
                upright,
                [Test("Video", "DisplayAspectRatio", ">=", f"{shape * (1 - off):.3f}")],
                [Test("Video", "DisplayAspectRatio", "<=", f"{shape * (1 + off):.3f}")],
            ]
        case "audio":
            return [[Test("Audio", "Format", "=", limits["codec"])]]
        case "size":
            return [[Test("General", "FileSize", "<=", f"{limits['most']}")]]
        case "duration":
            off = limits["tolerance"]
            return [
                [Test("General", "Duration", ">=", f"{limits['least'] - off}")],
                [Test("General", "Duration", "<=", f"{limits['most'] + off}")],
            ]
        case "whole":
            return [[Test("General", "IsTruncated", "must not exist")]]
    return []


def policy(rules: list[Rule]) -> bytes:
    root = Element("policy", type="and", name="edition")
    for rule in rules:
        one = SubElement(root, "policy", type="and", name=rule.kind)
        for number, either in enumerate(tests_of(rule)):
            place = one if len(either) == 1 else SubElement(one, "policy", type="or", name=f"{rule.kind} {number}")
            for test in either:
                row = SubElement(
                    place, "rule", name=test.field, value=test.field, tracktype=test.track, occurrence="*",
                    operator=test.operator,
                )  # fmt: skip
                row.text = test.value
    return b'<?xml version="1.0"?>' + tostring(root)


def theirs(path: Path, rules: list[Rule], folder: Path) -> dict[str, bool]:
    """{kind: whether MediaConch fails it}"""
    written = folder / "policy.xml"
    written.write_bytes(policy(rules))
    said = subprocess.run(
        ["mediaconch", "-p", str(written), "-fx", str(path)], capture_output=True, timeout=120, check=False
    )
    outcomes = {one.get("name"): one.get("outcome") for one in fromstring(said.stdout).iter(f"{_NS}policy")}
    return {rule.kind: outcomes.get(rule.kind) == "fail" for rule in rules}


def ours(path: Path, label: Labelled, rules: list[Rule], edition: Edition) -> tuple[dict[str, bool], bool]:
    """{kind: whether the box returns the film for it}, and whether it measures it at all."""
    media = probe(path, Turn.FIRST)
    film = Material(label.role, 1, label.name, "s", path.stat().st_size, media)
    found = engine.check(LessonFacts(label.identity, Phase.PRODUCTION, (film,)), edition, Turn.FIRST)
    measured = media["whole"]["ok"] and media["kind"] == "video" and "undetermined" not in media
    said = {rule.kind: outcome_of(one for one in found if one.rule == rule.id) == RETURN for rule in rules}
    return said, measured


def expressible(label: Labelled, edition: Edition) -> list[Rule]:
    """The rules that return and that MediaConch has words for."""
    facts = LessonFacts(label.identity, Phase.PRODUCTION, ())
    return [
        rule for rule in edition.rules
        if engine.applies(rule, facts) and rule.applies.role == (label.role,) and tests_of(rule)
        and any(case.severity == "error" and case.outcome == "fail" for case in rule.cases.values())
    ]  # fmt: skip


def why(kind: str, label: Labelled, measured: bool) -> str:
    for one, where, reason in EXPLAINED:
        if one == kind and where in label.id:
            return reason
    return "" if measured or kind == "whole" else _BROKEN


def main() -> int:
    edition = load("2024")
    films = [one for one in labels() if one.role in edition.film]
    same, broken, lines, open_questions = 0, 0, [], 0
    spent = {"mediaconch": 0.0, "box": 0.0}
    for label in films:
        rules = expressible(label, edition)
        with tempfile.TemporaryDirectory(prefix="lessonbox-quality-") as place:
            path = Path(place) / label.name
            label.make(path)
            start = time.perf_counter()
            their = theirs(path, rules, Path(place))
            middle = time.perf_counter()
            our, measured = ours(path, label, rules, edition)
            spent["mediaconch"] += middle - start
            spent["box"] += time.perf_counter() - middle
        for kind in our:
            if our[kind] == their[kind]:
                same += 1
                continue
            reason = why(kind, label, measured)
            if reason == _BROKEN:
                broken += 1
                continue
            open_questions += not reason
            lines.append(
                f"| {label.id} | {kind} | {_shown(our[kind])} | {_shown(their[kind])} | {reason or '没有解释'} |"
            )
    print("\n".join(report(lines)))
    ratio = spent["box"] / spent["mediaconch"]
    print(f"\n{len(films)} 个视频，{same} 处判定相同，{len(lines)} 处不同，其中 {open_questions} 处没有解释")
    print(f"另有 {broken} 处：{_BROKEN}，MediaConch 每一条都算不合格")
    print(f"用时：盒子（先答的部分）{spent['box']:.1f} 秒，MediaConch {spent['mediaconch']:.1f} 秒，比值 {ratio:.2f}")
    return 1 if open_questions else 0


def report(lines: list[str]) -> Iterator[str]:
    yield "| 材料 | 规则 | 盒子 | MediaConch | 为什么 |"
    yield "|---|---|---|---|---|"
    yield from lines


def _shown(returned: bool) -> str:
    return "退回" if returned else "不退回"


if __name__ == "__main__":
    sys.exit(main())
