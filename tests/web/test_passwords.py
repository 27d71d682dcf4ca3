import pytest

from appliance import passwords
from appliance.errors import WrongUse


def test_a_password_matches_its_own_hash_and_no_other():
    kept = passwords.hash("correct horse")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert [passwords.matches(kept, text) for text in ("correct horse", "correct hors")] == [True, False]


def test_the_same_password_never_hashes_alike():
    assert passwords.hash("correct horse") != passwords.hash("correct horse")


def test_a_hash_that_cannot_be_read_lets_nobody_in():
    assert [passwords.matches(kept, "x") for kept in ("", "plain", "$argon2id$v=19$m=1")] == [False] * 3


@pytest.mark.parametrize("text", ["", "short", "x" * 201])
def test_a_password_of_useless_length_is_refused(text):
    with pytest.raises(WrongUse):
        passwords.hash(text)
