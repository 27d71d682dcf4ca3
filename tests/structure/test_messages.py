"""What a refusal tells people to do: a button or a page, never a word of the command line."""

from __future__ import annotations

import ast
import re

from tests.structure.tracked import ROOT, text_of

ROOMS = ("appliance/selection", "appliance/catalog", "web")
COMMAND_LINE = re.compile(r"(?<![\w-])--[a-z]|lessonbox |session (close|show|create)")
ERRORS = re.compile(r"NotAllowed|NotFound|WrongUse|NeedsPerson")


def test_refusals_that_a_page_may_show_name_no_option_of_a_command() -> None:
    found = []
    for path in [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]:
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.Call) and ERRORS.fullmatch(ast.unparse(node.func)):
                found += [f"{path.name}: {node.lineno}"] * bool(COMMAND_LINE.search(ast.unparse(node)))
    assert found == []
