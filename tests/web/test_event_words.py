"""The journal page names in Chinese whatever the box writes into the journal."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from appliance.pipeline import STAGES
from web import create_app, event_words

ROOT = Path(__file__).parents[2]


def written_kinds() -> set[str]:
    """The second argument of every `journal.append(…)` in the source, where it is a plain text."""
    found = set()
    for path in [path for room in ("appliance", "sync", "web") for path in (ROOT / room).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called == "journal.append" and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                found.add(node.args[1].value)
    return found


def test_every_kind_of_entry_has_a_chinese_name():
    kinds = written_kinds() | {stage.word for stage in STAGES}
    assert len(kinds) > 15
    assert sorted(kind for kind in kinds if kind not in event_words.KINDS) == []


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("lesson/4", ("课例 4", "/lessons/4")), ("delivery/2", ("投递 2", "/deliveries/2")), ("store", ("存储", None)),
        ("user/经办甲", ("用户 经办甲", None)), ("lesson/../x", ("课例 ../x", None)), ("odd/1", ("odd 1", None)),
    ],
)  # fmt: skip
def test_a_subject_is_named_and_leads_to_its_page(furnished, subject, shown):
    with create_app(furnished).test_request_context():
        assert event_words.subject(subject) == shown


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ('{"reason": "", "damaged": [], "bytes": null}', []),
        ('{"state": "approved", "files": 3}', [("状态", "已批准"), ("文件数", "3")]),
        ('{"missing": ["a", "b"]}', [("缺失", "a、b")]),
        ('{"role": "clerk"}', [("角色", "经办")]),
        ('{"role": "video"}', [("类别", "video")]),
        ('{"verdicts": {"1": "pass", "2": "return"}}', [("课例", "第 1 号合格、第 2 号退回补正")]),
        ('{"lessons": [{"lesson": 1, "fate": "new"}]}', [("课例", "第 1 号新收")]),
        ('{"sha256": "%s"}' % ("ab" * 32), [("文件指纹", "abababababab…")]),
    ],
)
def test_the_fields_of_an_entry_are_told_in_words(data, told):
    assert event_words.details(data) == told
