"""Title cards and words in the picture, read out of real films by the real child; the models lie in the package."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from appliance.probes.film.ocr import Reader
from appliance.probes.parent import look
from appliance.rules import engine
from appliance.rules.load import load
from tests.bench.cards import identity_of, is_wrong, judged
from tests.rules.samples import complete, with_media
from tests.samples import cards
from tests.samples.words import Words
from tests.structure.tracked import ROOT

GOOD = Words("分数的初步认识", "教师甲")
ADVERT = Words("扫码关注公众号", "www.example.com", subject="13800000000", grade="", volume="", textbook="")
Film = Callable[..., Path]


@pytest.fixture(scope="module")
def reader() -> Reader:
    made = Reader.make()
    assert made is not None
    return made


@pytest.fixture
def film(tmp_path: Path) -> Film:
    """5 s of each picture at 1920×1080, joined; five frames a second are enough to read."""

    def make(*images: Image.Image) -> Path:
        path, inputs = tmp_path / "film.mp4", []
        for number, image in enumerate(images):
            image.save(tmp_path / f"{number}.png")
            inputs += ["-loop", "1", "-framerate", "5", "-t", "5", "-i", str(tmp_path / f"{number}.png")]
        command = [
            "ffmpeg", "-nostdin", "-v", "error", "-y", *inputs, "-filter_complex", f"concat=n={len(images)}",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10", str(path),
        ]  # fmt: skip
        subprocess.run(command, check=True)
        return path

    return make


def slide(text: str = "想一想") -> Image.Image:
    return cards.paint(Words(text, "", subject="", grade="", volume="", textbook=""), cards.STYLES[1])


@pytest.mark.clause("V3")
def test_a_card_in_a_film_is_read_without_a_network_in_bounded_memory_and_its_picture_is_kept(film: Film) -> None:
    path = film(cards.paint(GOOD, cards.STYLES[4]), slide())
    measured = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    answer, resident = json.loads(measured.stdout)
    assert answer["isolation"]["network"] == "none"
    assert [shot["at"] for shot in answer["shots"]] == [[0.5, 2.5, 4.5], [5.5, 6.5, 8.5]]
    assert [line["text"] for line in answer["shots"][0]["lines"]] == [f"{name}：{value}" for name, value in GOOD.card]
    assert base64.b64decode(answer["pictures"]["card"]).startswith(b"\xff\xd8\xff")
    assert resident < 512 << 10  # kilobytes
    assert said(answer) == []


_MEASURED = """
import json, resource, sys
from pathlib import Path
from appliance.probes.parent import look
answer = look("card", Path(sys.argv[1]))
print(json.dumps((answer, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)))
"""


def said(card: dict[str, object]) -> list[tuple[str, str, str]]:
    """What the edition says of a film of the lesson `GOOD` that opens so."""
    facts = complete()
    media = dict(next(one.media for one in facts.materials if one.role == "video")) | {"card": card}
    found = engine.check(with_media(facts, "video", media), load("2024"))
    return [(one.outcome.value, one.says, one.fix) for one in found if one.rule == "title-card"]


def test_without_the_extra_the_card_is_still_shown_and_a_person_reads_it(film: Film) -> None:
    """No site packages: a box without rapidocr."""
    path = film(cards.paint(GOOD, cards.STYLES[0]), slide())
    code = f"import json, sys; sys.path.insert(0, {str(ROOT)!r}); from appliance.probes.film import card, words\n"
    code += f"file = open({str(path)!r}, 'rb'); print(json.dumps((card.look(file, 0), words.look(file, 0, {{}}))))"
    bare = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    card, words = json.loads(bare.stdout)
    picture = base64.b64decode(card.pop("pictures")["card"])
    assert (card, words) == ({"undetermined": "这台盒子没有安装认字的部分"},) * 2
    assert picture.startswith(b"\xff\xd8\xff")
    (outcome, says, _), *others = said(card)
    assert (outcome, others) == ("needs a person", [])
    assert says == "开头有约 5 秒的静止画面，看来是片头，没有认上面的字：这台盒子没有安装认字的部分"


@pytest.mark.clause("V3")
def test_a_field_that_is_missing_is_named_and_left_to_a_person(film: Film) -> None:
    words = Words("分数的初步认识", "教师甲", textbook="")
    ((outcome, says, fix),) = said(look("card", film(cards.paint(words, cards.STYLES[0]), slide())))
    assert outcome == "needs a person"
    assert says == "片头上的字没有全认出来：教材版本“人教版”没有认出来"
    assert fix == "请人看片头：写着的，算有；确实没写或写错的，请改好片头再导出一次"


@pytest.mark.clause("G7")
def test_advertising_in_the_picture_is_told_once_with_the_second_where_it_stands(film: Film) -> None:
    advert = cards.paint(ADVERT, cards.STYLES[0])
    path = film(slide(), slide("比一比"), advert, advert)
    answer = look("words", path)
    assert answer["signs"] == [
        {"kind": "phone", "text": "13800000000", "place": 10},
        {"kind": "word", "text": "扫码", "place": 10},
        {"kind": "word", "text": "关注公众", "place": 10},
        {"kind": "url", "text": "www.example.com", "place": 10},
    ]
    frames = look("frames", path)
    assert look("words", path, {"frames": frames})["signs"] == answer["signs"]
    facts = complete()
    media = dict(next(one.media for one in facts.materials if one.role == "video")) | {"words": answer}
    found = [one for one in engine.check(with_media(facts, "video", media), load("2024")) if one.clause == "G7"]
    assert [(one.outcome, one.measured) for one in found] == [("needs a person", "4 处")]
    assert found[0].says.startswith("视频画面里有网址、电话或像广告的话：第 10 秒“13800000000”")


@pytest.mark.parametrize("name", ["card", "words"])
def test_bytes_that_are_no_film_are_undetermined(name: str, tmp_path: Path) -> None:
    path = tmp_path / "noise.mp4"
    path.write_bytes(bytes(range(256)) * 400)
    answer = look(name, path)
    assert "画面解不出来" in answer["undetermined"] and "shots" not in answer


def some(every: int, made: Iterator[cards.Card]) -> list[cards.Card]:
    return [card for number, card in enumerate(made) if number % every == 0]


@pytest.mark.clause("V3", "E6")
@pytest.mark.parametrize("card", some(11, cards.good()), ids=lambda card: card.id)
def test_a_clear_card_passes_in_every_layout(reader: Reader, card: cards.Card) -> None:
    seen, verdict = judged(reader, card)
    assert (verdict, seen.fields) == ("pass", seen.fields)


@pytest.mark.parametrize("card", some(14, cards.wrong()), ids=lambda card: card.id)
def test_a_card_that_says_something_else_never_passes(reader: Reader, card: cards.Card) -> None:
    assert not is_wrong(card, judged(reader, card)[1], clear=True)


@pytest.mark.parametrize("card", some(17, cards.spoilt()), ids=lambda card: card.id)
def test_a_card_that_cannot_be_read_never_fails(reader: Reader, card: cards.Card) -> None:
    assert judged(reader, card)[1] != "fail"


@pytest.mark.parametrize("name", ["张㛃", "王䶮", "李𬱖", "赵𫖯"])
def test_a_rare_character_in_a_name_is_read_or_left_to_a_person(reader: Reader, name: str) -> None:
    lesson = Words("一次函数", name, stage="junior", grade="八年级")
    card = cards.Card(name, lesson, cards.paint(lesson, cards.STYLES[0]))
    assert judged(reader, card)[1] in ("pass", "person")
    assert identity_of(lesson).sources["teacher"] == "manifest"
