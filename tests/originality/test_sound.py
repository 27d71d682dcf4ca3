"""Real films, re-encoded and cut, through the real look."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from appliance.originality import keys, sound
from appliance.originality.sound import Heard, SoundPrint
from appliance.probes.film import sound as look
from tests.originality.films import JINGLE, film, run, voice


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="module")
def lesson(room: Path) -> Path:
    return film(room / "lesson.mp4", voice(room, 1))


def heard(one: Path, other: Path) -> Heard | None:
    first, second = printed(one), printed(other)
    there: dict[int, list[int]] = {}
    for key, place in keys.of_sound(second):
        there.setdefault(key, []).append(place)
    votes = [(place, one) for key, place in keys.of_sound(first) for one in there.get(key, ())]
    return sound.compare(first, second, keys.shifts(votes, most=8, least=2))


def printed(path: Path) -> SoundPrint:
    with path.open("rb") as file:
        answer = look.look(file, path.stat().st_size)
    return SoundPrint.of(base64.b64decode(answer["print"]))


@pytest.mark.clause("G8")
def test_a_film_encoded_anew_with_a_third_of_the_bits_is_the_same(room: Path, lesson: Path) -> None:
    again = room / "again.mp4"
    run(
        "-i",
        str(lesson),
        "-vf",
        "scale=128:-2",
        "-c:a",
        "aac",
        "-aac_coder",
        "fast",
        "-b:a",
        "32k",
        "-ar",
        "22050",
        str(again),
    )
    found = heard(lesson, again)
    assert found is not None and found.score > 0.97 and found.bits < 0.1


@pytest.mark.clause("G8")
def test_a_film_cut_at_its_start_with_a_new_card_and_quieter_is_found_and_its_place_told(
    room: Path, lesson: Path
) -> None:
    cut = film(room / "cut.mp4", voice(room, 1), "anullsrc=r=44100:cl=mono:d=5",
               graph="[1:a]atrim=start=20,asetpts=PTS-STARTPTS,volume=0.4[v];[2:a][v]concat=n=2:v=0:a=1[a]")  # fmt: skip
    found = heard(cut, lesson)
    assert found is not None and found.score > 0.9
    assert abs(found.start - 5) < 3 and abs(found.other_start - 20) < 3


@pytest.mark.clause("G8")
def test_a_film_with_its_middle_cut_out_is_still_most_of_it(room: Path, lesson: Path) -> None:
    graph = "[1:a]atrim=0:25[x];[1:a]atrim=start=37,asetpts=PTS-STARTPTS[y];[x][y]concat=n=2:v=0:a=1[a]"
    found = heard(film(room / "middle.mp4", voice(room, 1), graph=graph), lesson)
    assert found is not None and found.score > 0.9


@pytest.mark.clause("G8")
def test_the_same_voice_with_another_text_is_another_film(room: Path, lesson: Path) -> None:
    others = [film(room / f"other-{seed}.mp4", voice(room, seed)) for seed in (2, 3)]
    assert [heard(lesson, other) for other in others] == [None, None]


@pytest.mark.clause("G8")
def test_a_jingle_of_five_seconds_that_two_films_begin_with_is_no_copy(room: Path) -> None:
    graph = "[2:a][1:a]concat=n=2:v=0:a=1[a]"
    films = [film(room / f"jingle-{seed}.mp4", voice(room, seed), JINGLE, graph=graph) for seed in (1, 2)]
    found = heard(*films)
    assert found is None or (found.seconds < 10 and found.score < 0.15)


@pytest.mark.clause("G8")
def test_two_silent_films_and_two_of_one_tone_share_nothing(room: Path, lesson: Path) -> None:
    for name, source in (("silent", "anullsrc=r=44100:cl=mono:d=60"), ("tone", "sine=440:d=60")):
        one, other = (film(room / f"{name}-{n}.mp4", source, options=("-t", str(50 + n))) for n in (1, 2))
        assert heard(one, other) is None
        assert heard(one, lesson) is None


def test_windows_that_are_laid_beside_each_other_at_a_wrong_shift_share_nothing(lesson: Path) -> None:
    one = printed(lesson)
    assert sound.compare(one, one, [37]) is None
    same = sound.compare(one, one, [0])
    assert same is not None and (same.score, same.bits) == (1.0, 0.0)


def test_an_empty_print_is_compared_without_an_error() -> None:
    nothing = SoundPrint.of(b"\1\2\3")
    assert sound.compare(nothing, nothing, [0, 5, -5]) is None
    assert keys.of_sound(nothing) == []
