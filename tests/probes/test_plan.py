"""Looks come in two turns, are never taken twice, and their pictures are kept beside what they measured."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from appliance.model import LessonFacts, Phase, Turn
from appliance.probes import parent, probe, probing
from appliance.probes.plan import LOOKS, due
from appliance.rules import engine
from appliance.rules.kinds import KINDS
from appliance.rules.load import load
from appliance.store.evidence import Evidence
from tests.probes.conftest import MakeVideo
from tests.rules.samples import complete

JPEG = b"\xff\xd8\xff\xe0 what a look drew"


def test_the_first_turn_decodes_nothing_and_the_second_takes_up_where_it_ended(make_video: MakeVideo) -> None:
    path = make_video()
    first = probe(path, Turn.FIRST)
    steps = [set(media) for media in probing(path, so_far=first)]
    assert {"opening", "sound"} & set(first) == set()
    assert (steps[0], steps[-1] >= {*first, "opening", "sound"}) == (set(first), True)
    assert probe(path, so_far=first) == probe(path)


def test_rules_that_need_decoding_are_silent_in_the_first_answer() -> None:
    edition = load("2024")
    facts = complete()
    first, full = engine.check(facts, edition, Turn.FIRST), engine.check(facts, edition)
    late = {rule.id for rule in edition.rules if KINDS[rule.kind].turn == Turn.FULL}
    assert [finding for finding in full if finding.rule not in late] == first
    assert isinstance(facts, LessonFacts) and facts.phase == Phase.PRODUCTION


def test_pictures_leave_the_answer_and_only_jpegs_are_kept(
    make_video: MakeVideo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def looked(name: str, path: Path, earlier: Mapping[str, Any] | None = None) -> dict[str, object]:
        drawn = {"drawn": base64.b64encode(JPEG).decode(), "page": base64.b64encode(b"<html>").decode()}
        return {"pictures": drawn} if name == "opening" else parent.look(name, path, earlier)

    monkeypatch.setattr("appliance.probes.look", looked)
    evidence, sha256 = Evidence(tmp_path / "evidence"), "ab" * 32
    media = probe(make_video(), keep=lambda name, data: evidence.save(sha256, name, data))
    kept = evidence.path(sha256, "drawn")
    names = {re.sub(r"^at-\d+$", "at", name) for name in media["pictures"]}
    assert (media["opening"], names) == ({}, {"at", "card", "contact", "drawn"})
    assert kept is not None and kept.read_bytes() == JPEG
    assert evidence.path(sha256, "page") is None


@pytest.mark.parametrize(("sha256", "name"), [("../" * 21 + "x", "card"), ("ab" * 32, "../x"), ("AB" * 32, "card")])
def test_a_picture_is_only_found_by_a_hash_and_a_plain_name(tmp_path: Path, sha256: str, name: str) -> None:
    with pytest.raises(ValueError, match="no picture"):
        Evidence(tmp_path).path(sha256, name)


@pytest.mark.parametrize(
    ("media", "read"),
    [
        ({"kind": "image"}, True), ({"kind": "pdf", "pages": 3, "images": 3}, True),
        ({"kind": "pdf", "pages": 3, "images": 2}, False), ({"kind": "pdf", "encrypted": True}, False),
    ],
    ids=["an image", "a scan", "a typed PDF with pictures", "a locked PDF"],
)  # fmt: skip
def test_names_are_only_looked_for_in_what_may_be_a_scan(media: Mapping[str, Any], read: bool) -> None:
    wanted = {one.name for one in due({**media, "whole": {"ok": True}}, Turn.FULL)}
    assert ("names" in wanted) is read


def test_a_look_stands_behind_those_whose_answers_it_is_given() -> None:
    order = [one.name for one in LOOKS]
    early = [one.name for one in LOOKS if any(name not in order[: order.index(one.name)] for name in one.after)]
    assert (early, [one.name for one in LOOKS if one.after]) == ([], ["words"])
