"""Samples for what stands inside documents and slides: macros, advertising, media, maps, type sizes."""

from __future__ import annotations

from collections.abc import Iterator

from tests.rules.samples import DOCX, OLD_DECK, OLE, PDF, PPTX, XLS, XLSX, Sample, complete, headings, with_media

PHONE = {"kind": "phone", "text": "13800000000", "place": 7}
AD = {"kind": "url", "text": "www.example.com/x", "place": 2}
PLATFORM = {"kind": "url", "text": "https://basic.smartedu.cn/syncClassroom", "place": 9}
FALSE_FRIEND = {"kind": "url", "text": "https://smartedu.cn.example.com", "place": 9}


def samples() -> Iterator[Sample]:
    good, trial = complete(), complete("experiment")
    for rule, role, media in (("macros", "plan", DOCX), ("macros", "plan", OLE), ("macros-slides", "slides", PPTX)):
        yield Sample(rule, (), good, "none")
        yield Sample(rule, ("there",), with_media(good, role, {**media, "macros": True}), "a program inside")
    plan = headings("教学目标", "教学内容", "教学过程")
    yield Sample("advertising", (), good, "none")
    yield from _codes()
    yield Sample("advertising", (), with_media(good, "plan", {**plan, "signs": [PLATFORM]}), "the state's platform")
    for role, media, sign in (
        ("plan", plan, PHONE),
        ("slides", PPTX, AD),
        ("plan", {**plan, **OLE}, AD),
        ("slides", OLD_DECK, AD),
        ("exercises", XLSX, {**AD, "place": 0}),
        ("plan", {**plan, **PDF}, FALSE_FRIEND),
    ):
        facts = with_media(good, role, {**media, "signs": [sign]})
        yield Sample("advertising", ("found",), facts, f"{media['kind']}: {sign['text']}")
    yield Sample(
        "advertising", ("undetermined",), with_media(good, "plan", {**plan, "cut": True}), "not read to the end"
    )
    away = [{"place": 3, "target": "实验.mp4", "outside": True}]
    yield Sample("slides-media", (), good, "all in it")
    yield Sample("slides-media", ("missing",), with_media(good, "slides", {**PPTX, "apart": away}), "a linked film")
    yield Sample(
        "slides-media", ("missing",), with_media(good, "slides", {**OLD_DECK, "apart": away}), "in an old deck"
    )
    mapped = {**PPTX, "maps": [4], "credits": []}
    yield Sample("slides-maps", (), good, "no map")
    yield Sample("slides-maps", ("uncredited",), with_media(good, "slides", mapped), "a map without its source")
    for credit, cases in (
        ("地图出自 地理（义务教育教科书，人民教育出版社，2024年版，第 12 页）", ()),
        ("地图出自《中国历史》，人教社，七年级上册2024版，P12", ()),
        ("地图出自 历史（人民教育出版社，第 8 页）", ("form",)),
        ("地图出自网络", ("form",)),
    ):
        media = {**mapped, "credits": [{"place": 4, "text": credit}]}
        yield Sample("slides-maps", cases, with_media(good, "slides", media), credit)
    yield from _map_pictures()
    yield from _films()
    yield from _outside()
    yield Sample("slides-type", (), with_media(trial, "slides", {**PPTX, "small_pt": 28.0, "small_place": 2}), "large")
    yield Sample(
        "slides-type", ("small",), with_media(trial, "slides", {**PPTX, "small_pt": 12.0, "small_place": 2}), "12 pt"
    )
    for media, cases in (
        ({**OLD_DECK, "small_pt": 12.0, "small_place": 2, "small_unsure": True}, ("small",)),
        ({**OLD_DECK, "small_pt": 24.0, "small_place": 2, "small_unsure": True}, ("undetermined",)),
        ({**OLD_DECK, "small_pt": 21.0, "small_place": 2, "small_unsure": False}, ()),
    ):
        yield Sample(
            "slides-type", cases, with_media(trial, "slides", media, name="课件.ppt"), f"old {media['small_pt']}"
        )


def _map_pictures() -> Iterator[Sample]:
    six = {"places": [{"at": 3}], "names": ["北京", "太原", "西安", "武汉", "广州", "昆明"], "key": False}
    three = {**six, "names": six["names"][:3]}
    seen = {"seen": 2, "of": 2}
    for looked, cases, says in (
        ({"maps": [], **seen}, (), "no map"),
        ({"maps": [six], **seen}, ("uncredited",), "six places"),
        ({"maps": [three], **seen}, (), "three places"),
        ({"maps": [{**three, "key": True}], **seen}, ("uncredited",), "three places and a key"),
        ({"maps": [{**six, "names": six["names"][:5]}], **seen}, ("uncredited",), "five places"),
        ({"maps": [{**six, "names": six["names"][:4], "places": []}], **seen}, (), "four places"),
        ({"maps": [], "seen": 60, "of": 61}, ("undetermined",), "too many pictures"),
        ({"undetermined": "里面的图片读不出来"}, ("undetermined",), "not to be read"),
    ):
        yield Sample("map-pictures", cases, with_media(complete(), "slides", {**PPTX, "map_pictures": looked}), says)
    told = {**PPTX, "map_pictures": {"maps": [six], **seen}, "credits": [{"place": 3, "text": "地图出自《地理》"}]}
    yield Sample("map-pictures", (), with_media(complete(), "slides", told), "its source is told")


def _films() -> Iterator[Sample]:
    deck = {**PPTX, "embedded": [{"place": 3, "part": "ppt/media/media1.mp4"}]}
    yield Sample("slides-films", (), with_media(complete(), "slides", PPTX), "no film")
    for film, cases in (
        ({"format": "mp4", "video": "H.264", "audio": "AAC"}, ()),
        ({"format": "mp4", "video": "H.264"}, ()),
        ({"format": "wav"}, ()),
        ({"format": "mp4", "video": "H.265", "audio": "AAC"}, ("doubtful",)),
        ({"format": "mp4", "video": "H.264", "audio": "AC-3"}, ("doubtful",)),
        ({"format": "mp4", "doubt": "不完整"}, ("doubtful",)),
        ({"format": "wmv"}, ("doubtful",)),
        ({"format": ""}, ("doubtful",)),
    ):
        media = {**deck, "films": {"parts": {"ppt/media/media1.mp4": film}}}
        yield Sample(
            "slides-films", cases, with_media(complete(), "slides", media), " ".join(film.values()) or "unknown"
        )
    for films in ({}, {"films": {"undetermined": "课件里的视频读不出来"}}):
        yield Sample("slides-films", ("undetermined",), with_media(complete(), "slides", {**deck, **films}), str(films))


def _outside() -> Iterator[Sample]:
    good = complete()
    for rule, role, kinds in (("outside", "plan", (DOCX, OLE)), ("outside-slides", "slides", (PPTX, OLD_DECK))):
        yield Sample(rule, (), good, "all in it")
        for what, case in (("template", "template"), ("picture", "picture"), ("object", "object")):
            for media in kinds:
                calls = {**media, "outside": [{"what": what, "target": "甲.dotm"}]}
                yield Sample(rule, (case,), with_media(good, role, calls), f"{media['type']}: {what}")
    for media in (XLSX, XLS):
        calls = {**media, "outside": [{"what": "sheet", "target": ""}] * 2}
        yield Sample("outside", ("object",), with_media(good, "exercises", calls), f"{media['type']}: another workbook")


def _codes() -> Iterator[Sample]:
    good = complete()
    deck = next(one.media for one in good.materials if one.role == "slides")
    for cases, codes, id in (
        ((), {"codes": []}, "pictures without a code"),
        (
            (),
            {"codes": [{"text": "https://basic.smartedu.cn/x", "places": [{"at": 3}]}]},
            "the state's platform in a code",
        ),
        (
            ("found",),
            {"codes": [{"text": "https://ads.example.com", "places": [{"at": 3}, {"where": "母版"}]}]},
            "an advertisement in a code",
        ),
        (
            ("textbook",),
            {"codes": [{"text": "https://www.pep.com.cn/x", "places": [{"at": 3}]}]},
            "a textbook's own code",
        ),
        (
            ("found", "undetermined"),
            {"codes": [{"text": "https://pep.com.cn.example.com", "places": []}], "seen": 1, "of": 2},
            "a site that only begins like a publisher's",
        ),
        (("undetermined",), {"undetermined": "里面的图片读不出来"}, "pictures that cannot be read"),
        (("undetermined",), {"codes": [], "seen": 60, "of": 66}, "more pictures than are looked at"),
        ((), {"codes": [], "seen": 3, "of": 3}, "every picture seen"),
    ):
        yield Sample("paper-codes", cases, with_media(good, "slides", {**deck, "codes": codes}), id)
