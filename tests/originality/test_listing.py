"""Lists of prints that go from box to box."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.catalog import Catalog, alikes
from appliance.errors import ListRefused
from appliance.originality import listing
from appliance.originality.listing import Entry
from appliance.originality.picture import PicturePrint
from appliance.originality.text import text_print
from appliance.station import Station
from tests.conftest import answer, run_lessonbox
from tests.originality.test_station import PLAN, found, lesson_of
from tests.originality.writing import edited

LABELS = st.from_regex(r"[0-9A-Za-z]{1,20}-[0-9]{1,9}", fullmatch=True)
WORDS = st.lists(st.integers(0, 2**32 - 1), max_size=50)


def text_entry(label: str, scale: int, words: list[int]) -> Entry:
    hashes = sorted({word - word % scale for word in words})
    return Entry(label, "text", scale, b"".join(one.to_bytes(4, "little") for one in hashes))


def picture_entry(label: str, rows: dict[int, int]) -> Entry:
    return Entry(label, "picture", 1, PicturePrint.of_rows(sorted(rows.items())).data())


ENTRIES = st.lists(
    st.one_of(
        st.builds(text_entry, LABELS, st.sampled_from([8, 16, 1024]), WORDS),
        st.builds(
            lambda label, words: Entry(label, "sound", 1, b"".join(w.to_bytes(4, "little") for w in words)),
            LABELS,
            WORDS,
        ),
        st.builds(picture_entry, LABELS, st.dictionaries(st.integers(0, 2**32 - 1), st.integers(0, 2**255 - 1))),
    ),
    max_size=8,
)


def written(entries: list[Entry], station: str = "110101") -> bytes:
    out = io.BytesIO()
    listing.write(out, station, entries, len(entries))
    return out.getvalue()


@given(ENTRIES)
def test_what_is_exported_is_what_is_imported(entries: list[Entry]) -> None:
    data = written(entries)
    assert listing.read(io.BytesIO(data)).entries == tuple(entries)
    again = listing.read(io.BytesIO(data))
    assert written(list(again.entries), again.station) == data


@given(ENTRIES, st.integers(0, 5000), st.integers(1, 255))
def test_a_list_with_one_changed_byte_is_refused(entries: list[Entry], at: int, by: int) -> None:
    data = bytearray(written(entries))
    data[at % len(data)] ^= by
    with pytest.raises(ListRefused):
        read = listing.read(io.BytesIO(bytes(data)))
        assert read.entries != tuple(entries)  # never reached: not one byte may differ
        raise AssertionError("a changed list was read")


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(ListRefused):
        listing.read(io.BytesIO(data))


def crafted(head: dict[str, Any], *rows: object) -> io.BytesIO:
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in (head, *rows))
    return io.BytesIO(lines + json.dumps({"sha256": hashlib.sha256(lines).hexdigest()}).encode() + b"\n")


HEAD = {"format": "lessonbox-originality", "version": 1, "station": "110101", "prints": 1}
ROW = {"label": "110101-1", "kind": "text", "scale": 8, "data": base64.b64encode(b"\0\0\0\1").decode()}

PICTURES = {
    "kind": "picture",
    "scale": 1,
    "data": base64.b64encode(PicturePrint((0.5, 9.0), (1, 1 << 254)).data()).decode(),
}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ({"version": 3}, {}),
        ({"version": True}, {}),
        ({"station": "../x"}, {}),
        ({"station": 7}, {}),
        ({"prints": 10**9}, {}),
        ({"prints": True}, {}),
        ({"prints": 2}, {}),
        ({"more": 1}, {}),
        ({}, {"label": "<script>-1"}),
        ({}, {"label": ["110101-1"]}),
        ({}, {"kind": "film"}),
        ({}, {"kind": {}}),
        ({}, {"scale": 0}),
        ({}, {"scale": 24}),
        ({}, {"scale": True}),
        ({}, {"scale": 1}),
        ({}, {"data": "%%%%"}),
        ({}, {"data": base64.b64encode(b"\1\0\0\0").decode()}),
        ({}, {"data": base64.b64encode(b"\0\0\0").decode()}),
        ({}, {"data": base64.b64encode(b"\0\0\0\1" * 2).decode()}),
        ({}, {"data": "AAAA" * 20_000}),
        ({}, {"data": "A" * 1_000_000}),
        ({}, {"kind": "sound"}),
        ({}, {"kind": "picture"}),
        ({}, PICTURES | {"scale": 2}),
        ({}, PICTURES | {"data": base64.b64encode(bytes(72)).decode()}),
        ({}, PICTURES | {"data": base64.b64encode(bytes(4) + b"\xff" * 32).decode()}),
        ({}, {"title": "一节课"}),
    ],
)
def test_a_list_that_is_not_just_so_is_refused(head: dict[str, Any], row: dict[str, Any]) -> None:
    for good in (ROW, ROW | PICTURES):
        assert listing.read(crafted(HEAD, good)).station == "110101"
    with pytest.raises(ListRefused):
        listing.read(crafted(HEAD | head, ROW | row))


@pytest.mark.clause("G8")
def test_of_a_text_only_each_eighth_hash_goes_out_without_its_order() -> None:
    made = text_print(PLAN)
    entry = listing.outward(made, "110101-12")
    sent = listing.read(io.BytesIO(written([entry]))).entries[0]
    hashes = [int.from_bytes(sent.data[at : at + 4], "little") for at in range(0, len(sent.data), 4)]
    assert hashes == sorted(one for one in made.hashes if one % 8 == 0)
    assert len(hashes) < len(made.hashes) / 6


@pytest.mark.clause("G8")
def test_a_copy_of_last_years_lesson_of_another_county_is_found_by_the_list(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.jsonl"
    with theirs.open("wb") as out:
        listing.write(out, "220202", [listing.outward(text_print(PLAN), "220202-7")], 1)
    told = answer("originality", "import", theirs, "--source", "示例县", "--year", "2023", "--home", station.home)
    assert (told["list"], told["station"], told["prints"]) == ("示例县 2023", "220202", 1)
    with catalog.writing() as db:
        no = lesson_of(db, "教师甲", edited(PLAN, 0.1))
        assert found(db, no) == [(0, "text", False)]
        (pair,) = alikes.all_pairs(db)
        names = {holder.named for one in (pair["one"], pair["other"]) for holder in alikes.holders(db, one)}
    assert names == {"示例县 2023 220202-7", f"第 {no} 号《教师甲的课》（示例小学，教师甲）"}
    listed = answer("originality", "list", "--home", station.home)
    assert [(row["kind"], row["lessons"]) for row in listed["pairs"]] in ([("text", [0, no])], [("text", [no, 0])])
    assert (
        answer("originality", "compare", str(no), "--home", station.home)["alike"][0]["whose"] == "示例县 2023 220202-7"
    )
    answer("originality", "import", theirs, "--source", "示例县", "--year", "2023", "--home", station.home)
    assert len(answer("originality", "list", "--home", station.home)["lists"]) == 1  # the same source and year again
    answer("originality", "forget", "示例县", "2023", "--home", station.home)
    assert answer("originality", "list", "--home", station.home) == {"pairs": [], "lists": []}


def test_a_stations_own_list_is_read_by_another(station: Station, catalog: Catalog, tmp_path: Path) -> None:
    with catalog.writing() as db:
        lesson_of(db, "教师甲", PLAN)
    out = tmp_path / "ours.jsonl"
    told = answer("originality", "export", "--out", out, "--home", station.home)
    read = listing.read(io.BytesIO(out.read_bytes()))
    assert (told["prints"], told["sha256"], read.sha256) == (1, read.sha256, told["sha256"])
    assert [entry.label for entry in read.entries] == [f"{station.settings.code}-1"]
    assert "教师甲" not in out.read_text()


@pytest.mark.parametrize("words", [("export",), ("import", "x.jsonl"), ("compare",), ("compare", "一")])
def test_wrong_use_is_told(station: Station, words: tuple[str, ...]) -> None:
    assert run_lessonbox("originality", *words, "--home", station.home).returncode == 2
