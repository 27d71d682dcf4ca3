"""Many films, looked through at once."""

from __future__ import annotations

import random

from appliance.originality import picture, picture_search
from appliance.originality.picture import PicturePrint


def film(dice: random.Random, count: int) -> list[int]:
    return [dice.getrandbits(picture.BITS) for _ in range(count)]


def printed(bits: list[int]) -> PicturePrint:
    return PicturePrint.of_rows([(200 * place, one) for place, one in enumerate(bits)])


def test_the_films_that_share_pictures_are_named_with_the_places_and_no_others() -> None:
    dice = random.Random(1)
    own = film(dice, 30)
    others = [film(dice, dice.randrange(60)) for _ in range(200)]
    others[7][:0] = [bits ^ sum(1 << dice.randrange(255) for _ in range(3)) for bits in own[4:12]]
    others[150] += own[20:23]  # too few
    stored = [(number, printed(bits).data()) for number, bits in enumerate(others)]
    assert picture_search.meeting(printed(own), stored) == {7: set(range(4, 12))}


def test_what_it_finds_is_what_comparing_with_every_one_finds() -> None:
    dice = random.Random(2)
    own = printed(film(dice, 20))
    others = {
        number: printed([bits ^ dice.getrandbits(255) & dice.getrandbits(255) & dice.getrandbits(255) for bits in own.bits])
        for number in range(20)
    }  # fmt: skip
    met = picture_search.meeting(own, [(number, one.data()) for number, one in others.items()])
    for number, one in others.items():
        near = {
            place
            for place, bits in enumerate(own.bits)
            if any((bits ^ there).bit_count() <= own.within[place] for there in one.bits)
        }
        assert met.get(number, set()) == (near if len(near) >= picture_search.LEAST else set())


def test_a_film_that_tells_nothing_meets_nobody() -> None:
    same = printed([5] * 10)
    assert picture_search.meeting(same, [(1, same.data()), (2, b"")]) == {}
