"""Real films of drawn lessons, copied as copiers do, through the real reel and prints; and prints made by hand."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.originality import pairs, picture
from appliance.originality.picture import PicturePrint, Seen
from appliance.probes.film.outline import outline
from appliance.probes.film.prints import Prints
from appliance.probes.film.reel import key_frames
from appliance.rules.load import load
from tests.originality import lessons_filmed as filmed

LIMITS = next(rule.limits for rule in load("2024").rules if rule.kind == "alike")
SECONDS = 150
CARD = "color=0x12355b:s=480x270:r=5:d=5[card]"
# Encoded anew without sound, smaller, within black bars, 17 s later, behind another card.
RETITLED = f"trim=start=17,setpts=PTS-STARTPTS,scale=360:202,pad=480:270:60:34[b];{CARD};[card][b]concat=n=2:v=1:a=0"
COPIES = {
    "smaller": "scale=320:180",
    "trimmed": "trim=start=23,setpts=PTS-STARTPTS",
    "bars above and below": "pad=480:360:0:45:black",
    "stretched": "scale=480:360",
    "darker": "eq=brightness=-0.08:contrast=0.85",
    "a tenth faster": "setpts=PTS/1.1",
    "its middle cut out": "select='lt(t,60)+gt(t,90)',setpts=N/5/TB",
    "retitled": RETITLED,
}
MAKERS: dict[str, Callable[[int, int], filmed.Frames]] = {"slides": filmed.slides, "room": filmed.room}


def printed(path: Path) -> PicturePrint:
    prints = Prints()
    with path.open("rb") as file:
        film = outline(file)
        assert film is not None
        for one in key_frames(file, film):
            prints.see(one)
    return PicturePrint.of(base64.b64decode(prints.answer()["prints"]))


def alike(found: Seen | None) -> bool:
    return found is not None and found.score >= LIMITS["picture"] and found.scenes >= LIMITS["scenes"]


@pytest.mark.clause("G8")
@pytest.mark.parametrize("kind", MAKERS)
def test_a_silent_retitled_smaller_copy_is_found_with_its_places_and_the_same_teachers_next_lesson_is_none(
    tmp_path: Path, kind: str
) -> None:
    first, second = (filmed.film(tmp_path / f"{seed}.mp4", MAKERS[kind](seed, SECONDS)) for seed in (1, 2))
    copy = printed(filmed.again(tmp_path / "copy.mp4", first, RETITLED))
    source, other = printed(first), printed(second)
    seen = picture.compare(copy, source)
    assert seen is not None and alike(seen)
    assert all(abs((there - here) - 12) <= 12 for here, there in seen.moments)  # a sample each 10 s, here and there
    assert [alike(picture.compare(one, other)) for one in (source, copy)] == [False, False]


@pytest.mark.slow
@pytest.mark.clause("G8")
def test_of_copies_nine_in_ten_are_found_and_no_other_lesson_is_called_a_copy(tmp_path: Path) -> None:
    told = right = wrong = due = 0
    for kind, maker in MAKERS.items():
        films = [filmed.film(tmp_path / f"{kind}{seed}.mp4", maker(seed, 300)) for seed in range(1, 5)]
        prints = [printed(one) for one in films]
        wrong += sum(alike(picture.compare(a, b)) for at, a in enumerate(prints) for b in prints[:at])
        for name, filters in COPIES.items():
            copy = printed(filmed.again(tmp_path / f"{name}.mp4", films[0], filters))
            due, right = due + 1, right + alike(picture.compare(copy, prints[0]))
            wrong += sum(alike(picture.compare(copy, one)) for one in prints[1:])
    told = right + wrong
    print(f"copies {due}, found {right}, others called copies {wrong} of {2 * (6 + 3 * len(COPIES))}")
    print(f"precision {right / told:.3f}, recall {right / due:.3f}")
    assert (wrong, right >= 0.9 * due) == (0, True)


def made(seed: int, count: int, start: int = 0, each: int = 50) -> list[tuple[int, int]]:
    dice = random.Random(seed)
    return [(start + each * number, dice.getrandbits(picture.BITS)) for number in range(count)]


def test_pictures_that_come_in_another_order_are_not_one_film() -> None:
    rows = made(1, 12)
    backwards = [(at, bits) for (at, _), (_, bits) in zip(rows, rows[::-1], strict=True)]
    seen = picture.compare(PicturePrint.of_rows(rows), PicturePrint.of_rows(backwards))
    assert seen is not None and seen.scenes == 1


def test_a_passage_within_another_film_is_told_with_both_places() -> None:
    passage = made(1, 8)
    one = PicturePrint.of_rows(made(2, 10) + [(at + 600, bits) for at, bits in passage] + made(3, 10, 1200))
    other = PicturePrint.of_rows([(at + 3000, bits) for at, bits in passage])
    seen = picture.compare(one, other)
    assert seen is not None and (seen.score, seen.scenes) == (1.0, 8)
    assert seen.spans == ((60.0, 95.0, 300.0, 335.0),)
    pair = pairs.pictures(one, other, ())
    assert pair is not None and pair.turned().spans == ((300.0, 335.0, 60.0, 95.0),)
    assert pair == pair.turned().turned()


def test_a_slide_that_comes_again_and_again_tells_nothing() -> None:
    slide = made(1, 1)[0][1]
    again = PicturePrint.of_rows(sorted(made(2, 10) + [(at * 50 + 7, slide) for at in range(0, 10, 3)]))
    seen = picture.compare(again, PicturePrint.of_rows(sorted([*made(3, 10), (7, slide), (307, slide)])))
    assert seen is None or seen.scenes <= 2


def test_what_everybody_shows_is_left_out() -> None:
    common = made(1, 8)
    films = [PicturePrint.of_rows(sorted(common + made(seed, 8, 1000))) for seed in range(2, 12)]
    met = {number: set(range(8)) for number in range(1, 10)}
    places = pairs.common_pictures(met, {number: {f"教师{number}"} for number in met}, LIMITS["common_authors"])
    assert pairs.pictures(films[0], films[1], ()) is not None
    assert (places, pairs.pictures(films[0], films[1], places)) == (set(range(8)), None)


def test_empty_prints_and_films_of_one_picture_share_nothing() -> None:
    nothing, still = PicturePrint.of(b"\1\2\3"), PicturePrint.of_rows(made(1, 1))
    assert [picture.compare(a, b) for a in (nothing, still) for b in (nothing, still)] == [None] * 4
