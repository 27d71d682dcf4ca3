"""On what a verdict about a film rests: the fingerprint that the teacher's machine wrote, or its structure alone."""

from __future__ import annotations

from collections.abc import Collection

from appliance.model import Finding, LessonFacts, Outcome, Severity
from appliance.rules import engine
from appliance.rules.edition import Edition
from appliance.rules.looking import is_whole

_ABOUT = "damage"  # the kind of rule whose silence would be taken for a proof


def copy_proof(facts: LessonFacts, edition: Edition, registered: Collection[str]) -> list[Finding]:
    """Advice about the lesson's films; none without a whole film. `registered`: SHA-256 of its hand-in form."""
    for rule in edition.rules:
        if rule.kind == _ABOUT and engine.applies(rule, facts):
            films = [one for one in facts.materials if one.role in rule.applies.role and is_whole(one)]
            if films:
                proven = all(one.sha256 in registered for one in films)
                return [_finding(rule.clause, rule.place, proven)]
    return []


def _finding(clause: str, place: str, proven: bool) -> Finding:
    says, fix, measured = (
        ("视频和提交单登记的指纹一样，拷贝时没有变", "不用改", "指纹一样")
        if proven
        else (
            "没有提交单可以核对，视频只看了文件的结构",
            "不用改；想证明拷贝时一个字节也没有变，请学校用打包器写一份提交单一起交",
            "只看了结构",
        )
    )
    return Finding("copy-proof", clause, Severity.INFO, Outcome.FAIL, "", measured, "", says, fix, place=place)
