"""Small values: how things look, the big state, the rate of a copy, where the server listens."""

from __future__ import annotations

import os

import pytest

from web import sockets
from web.big_state import COPYING, REMOVABLE, TROUBLE, WAITING, big_state, drops_shown
from web.look import duration, moment, plain, shown, size
from web.rate import Rates


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("<b>", "<bdi>&lt;b&gt;</bdi>"), ('a"b', "<bdi>a&#34;b</bdi>"), ("教师𬱖", "<bdi>教师𬱖</bdi>"),
        ("a\u202eb", "<bdi>a⟨202E⟩b</bdi>"), ("a\nb\x1b[2J", "<bdi>a⟨000A⟩b⟨001B⟩[2J</bdi>"),
        ("a\udce4", "<bdi>a⟨DCE4⟩</bdi>"), ("\u2066x\u2069", "<bdi>⟨2066⟩x⟨2069⟩</bdi>"),
    ],
)  # fmt: skip
def test_a_hostile_name_is_shown_and_does_nothing(given, seen):
    assert str(shown(given)) == seen


def test_a_plain_name_stays_as_it_is():
    assert plain("示例第一小学 三年级（1）班") == "示例第一小学 三年级（1）班"


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 B"), (999, "999 B"), (8192, "8 KB"), (999_600, "1 MB"), (3_200_000_000, "3.2 GB"), (2e12, "2.0 TB")],
)
def test_sizes_are_decimal(count, text):
    assert size(count) == text


def test_moments_name_the_year_only_when_it_is_another_one():
    assert [moment("2019-05-18T14:30:00+08:00"), moment(""), moment("x\u202e")] == [
        "2019年5月18日 14:30",
        "",
        "x⟨202E⟩",
    ]


@pytest.mark.parametrize(("seconds", "text"), [(5, "不到 1 分钟"), (170, "约 3 分钟"), (9000, "约 2.5 小时")])
def test_what_is_left_is_said_in_minutes(seconds, text):
    assert duration(seconds) == text


def drop(state: str, present: int = 1, kind: str = "usb", number: int = 1) -> dict:
    return {"id": number, "kind": kind, "state": state, "present": present, "updated_at": "t1"}


@pytest.mark.parametrize(
    ("rows", "big"),
    [
        ([], WAITING), ([drop("copying")], COPYING), ([drop("settling")], COPYING), ([drop("done")], REMOVABLE),
        ([drop("trouble")], TROUBLE), ([drop("trouble", present=0)], TROUBLE), ([drop("gone", present=0)], WAITING),
        ([drop("trouble"), drop("copying", number=2)], COPYING), ([drop("done", kind="lan")], WAITING),
        ([drop("waiting", kind="lan")], WAITING), ([drop("settling", kind="lan")], WAITING),
        ([drop("copying", kind="lan")], COPYING),
    ],
)  # fmt: skip
def test_the_big_state_says_what_to_do_now(rows, big):
    assert big_state(drops_shown(rows, {}), {}) == big


def test_a_trouble_that_was_read_counts_no_more_until_it_changes():
    rows = [drop("trouble", present=0)]
    assert (drops_shown(rows, {1: "t1"}), drops_shown(rows, {1: "t0"})) == ([], rows)


def test_what_is_left_comes_from_what_two_looks_saw():
    rates = Rates()
    seen = [rates.seconds_left(1, done, 1000, now) for done, now in ((0, 0.0), (100, 1.0), (200, 2.0))]
    assert seen == [None, 9.0, 8.0]
    assert rates.seconds_left(1, 50, 1000, 3.0) is None  # a new copy on the same stick


def test_the_server_listens_where_systemd_says_else_where_it_was_asked_to():
    ours = {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "0"}
    assert sockets.listening(8080, "127.0.0.1", None, ours) == {"listen": "127.0.0.1:8080"}
    assert sockets.listening(8080, "::", None, {}) == {"listen": "[::]:8080"}
    assert sockets.listening(1, "x", "/run/w", {}) == {"unix_socket": "/run/w", "unix_socket_perms": "660"}
    assert sockets.activated({"LISTEN_PID": "1", "LISTEN_FDS": "1"}, "web") == []
    names = {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "0", "LISTEN_FDNAMES": "web:https"}
    assert (sockets.activated(names, "https"), sockets.encrypted(8443, "127.0.0.1", names)) == ([], None)
