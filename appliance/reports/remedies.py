"""怎样改: the steps that go with a finding, in the program that the teacher chose, used, or most likely has. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from appliance.rules.edition import Edition


def with_steps(view: Mapping[str, Any], edition: Edition, chosen: str = "") -> dict[str, Any]:
    """A delivery (`delivery_view`) whose findings that are to be mended have `how`: {"program", "steps"}."""
    return {**view, "lessons": [_lesson(one, edition, chosen) for one in view["lessons"]]}


def made_with(media: Mapping[str, Any], edition: Edition) -> str:
    """The program that a film names as its maker; "" when it names none that we know."""
    said = str(media.get("made_with", "")).casefold()
    return next((name for name, marks in edition.remedies.marks.items() if any(mark in said for mark in marks)), "")


def choose(steps: Mapping[str, Sequence[str]], wanted: Sequence[str]) -> str:
    """The first wanted program that has steps, else the first that has; "" when there are none."""
    return next((name for name in wanted if name in steps), next(iter(steps), ""))


def _lesson(lesson: Mapping[str, Any], edition: Edition, chosen: str) -> dict[str, Any]:
    media = {one["name"]: one["media"] for one in lesson["materials"]}
    findings = [_finding(one, media.get(one["material"], {}), edition, chosen) for one in lesson["findings"]]
    return {**lesson, "findings": findings}


def _finding(finding: Mapping[str, Any], media: Mapping[str, Any], edition: Edition, chosen: str) -> Mapping[str, Any]:
    if finding["outcome"] != "fail" or finding.get("waived"):
        return finding
    steps = edition.steps(finding["rule"])
    program = choose(steps, [chosen, made_with(media, edition), *edition.remedies.default])
    return {**finding, "how": {"program": program, "steps": list(steps[program])}} if program else finding
