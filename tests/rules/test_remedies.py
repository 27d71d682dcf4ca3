"""怎样改: whatever is to be mended in a film or a paper can be mended in the program that the teacher uses."""

from __future__ import annotations

import pytest

from appliance.rules.load import load

EDITION = load("2024")
EDITORS = ("剪映", "必剪", "Premiere", "会声会影")
# How a film is exported and how it begins: what an editor can change. The others are mended elsewhere.
IN_THE_EDITOR = ("fps", "size", "bitrate", "codec", "picture", "aspect", "audio", "sound", "opening", "duration")
IN_THE_SLIDES = ("slides", "slides_apart")
IN_THE_PAPER = ("sections", "has_text", "macros")


@pytest.mark.clause("W3")
@pytest.mark.parametrize("rule", [one for one in EDITION.rules if one.kind in IN_THE_EDITOR], ids=lambda one: one.id)
def test_each_editor_has_steps_for_what_it_can_mend(rule) -> None:
    assert [name for name in EDITORS if not EDITION.steps(rule.id).get(name)] == []


@pytest.mark.clause("W3")
@pytest.mark.parametrize("rule", [one for one in EDITION.rules if one.kind in IN_THE_PAPER], ids=lambda one: one.id)
def test_word_and_wps_have_steps_for_papers(rule) -> None:
    assert [name for name in ("Word", "WPS") if not EDITION.steps(rule.id).get(name)] == []


@pytest.mark.clause("W3")
@pytest.mark.parametrize("rule", [one for one in EDITION.rules if one.kind in IN_THE_SLIDES], ids=lambda one: one.id)
def test_powerpoint_and_wps_have_steps_for_slides(rule) -> None:
    assert [name for name in ("PowerPoint", "WPS") if not EDITION.steps(rule.id).get(name)] == []


def test_every_kind_with_steps_is_one_that_the_edition_judges() -> None:
    assert set(EDITION.remedies.steps) - {rule.kind for rule in EDITION.rules} == set()
