"""The tables of the code, held against the pages that people read. Adding a row without its line fails here."""

from __future__ import annotations

import dataclasses
import enum
import importlib
import re
from pathlib import Path

import pytest

from appliance import model
from appliance.cli import COMMANDS
from appliance.heartbeat import PARTS
from appliance.intake.drops import DROP_KINDS
from appliance.rules.kinds import KINDS
from appliance.rules.load import load
from appliance.selection.decide import DECISIONS
from appliance.settings import Settings
from sync.transports import TRANSPORTS
from tests.structure import rules_page
from tests.structure.tracked import ROOT
from web.pages import PAGES

DOCS = ROOT / "docs"
MANUAL = (DOCS / "技术手册.md").read_text()
CLERKS = (DOCS / "操作手册.md").read_text()
WORDS = (DOCS / "words.md").read_text()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_can_be_run_and_stands_in_the_manual(command) -> None:
    module = importlib.import_module(command.module)
    assert callable(module.arguments) and callable(module.run)
    assert f"| `{command.name}` | {command.help} |" in MANUAL


def test_the_manual_lists_every_setting_with_its_default_and_no_other() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", section(MANUAL, "设置"), re.M))
    assert rows == {field.name: toml(getattr(Settings(), field.name)) for field in dataclasses.fields(Settings)}


def toml(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{one}"' for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else f"{value}"


def test_the_manual_lists_every_drop_kind_and_transport() -> None:
    listed = set(re.findall(r"^\| `([\w-]+)` \|", section(MANUAL, "投递点与通道"), re.M))
    assert listed == {kind.name for kind in DROP_KINDS} | set(TRANSPORTS)


def test_the_clerks_manual_has_a_heading_for_every_page() -> None:
    headings = set(re.findall(r"^### (\S+)", section(CLERKS, "每个页面"), re.M))
    assert headings == {page.title for page in PAGES}


def test_the_clerks_manual_lists_every_decision() -> None:
    listed = set(re.findall(r"^\| (\S+) \|", section(CLERKS, "决定"), re.M)) - {"决定", "---"}
    assert listed == {decision.title for decision in DECISIONS.values()}


def test_the_page_of_rules_is_that_of_the_edition() -> None:
    assert (DOCS / "rules.md").read_text() == rules_page.text("2024")


def test_the_page_of_rules_tells_every_clause_rule_case_limit_and_tolerance_with_its_reason() -> None:
    page, edition = (DOCS / "rules.md").read_text(), load("2024")
    wanted = [f"| {clause} | " for clause in edition.clauses]
    for rule in edition.rules:
        wanted += [f"## {rule.clause} `{rule.id}`", f"`appliance/rules/kinds/{module_of(rule.kind)}.py`"]
        wanted += [rules_page.blank(text) for case in rule.cases.values() for text in (case.says, case.fix)]
        wanted += [f"| `{name}` | " for name in rule.limits]
    wanted += [
        f"| `{name}` | {rules_page.shown(row['value'])} | {row['why']} |" for name, row in edition.tolerances.items()
    ]
    assert [text for text in wanted if text not in page] == []


def module_of(kind: str) -> str:
    return KINDS[kind].judge.__module__.rpartition(".")[2]


def test_every_rule_is_of_a_kind_that_exists_and_every_kind_is_used() -> None:
    assert {rule.kind for rule in load("2024").rules} == set(KINDS)


@pytest.mark.parametrize("words", [each for each in vars(model).values() if isinstance(each, enum.EnumMeta)])
def test_words_md_names_every_value_of_an_enum(words: type[enum.Enum]) -> None:
    if not list(words):
        return
    rows = dict(re.findall(r"^\| `([^`]+)` \| (\S+) ", section(WORDS, words.__name__), re.M))
    assert set(rows) == {str(value) for value in words}


def test_words_md_says_what_the_screens_say() -> None:
    from web import words

    tables = {
        "Verdict": words.VERDICTS, "Fate": words.FATES, "DeliveryState": words.DELIVERIES,
        "LessonState": words.LESSONS, "Severity": words.SEVERITIES, "Bundle": words.BUNDLES,
    }  # fmt: skip
    for name, table in tables.items():
        rows = dict(re.findall(r"^\| `([^`]+)` \| (\S+) ", section(WORDS, name), re.M))
        assert rows == {str(value): word.text for value, word in table.items() if value is not None}


def test_each_part_of_the_box_is_told_of_in_the_manual() -> None:
    assert [part for part in PARTS if f"lessonbox-{part}.service" not in MANUAL] == []


def test_each_decision_of_the_builders_is_listed() -> None:
    files = {path.name for path in (DOCS / "decisions").glob("0*.md")}
    listed = set(re.findall(r"\]\((\d{4}-[^)]+\.md)\)", (DOCS / "decisions/README.md").read_text()))
    assert listed == files


@pytest.mark.parametrize("document", [ROOT / "README.md", *DOCS.rglob("*.md")], ids=lambda path: path.name)
def test_a_document_points_only_at_what_is_there(document: Path) -> None:
    text = document.read_text()
    links = [document.parent / link for link in re.findall(r"\]\(([^)#:]+)\)", text)]
    named = re.findall(r"`((?:appliance|web|sync|tests|systemd|image-build|docs)/[\w./-]+)`", text)
    rooms = [ROOT / room for room in named]
    assert [str(path) for path in links + rooms if not path.exists()] == []


def section(text: str, heading: str) -> str:
    """What stands below `## heading` or `### heading` until the next heading of that height."""
    found = re.search(rf"^(##+) [^\n]*{re.escape(heading)}[^\n]*\n(.*?)(?=^\1 |^## |\Z)", text, re.M | re.S)
    assert found, f"no section called {heading}"
    return found[2]
