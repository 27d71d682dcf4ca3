"""在手机上打开: the addresses by which a phone reaches the box, and codes that a phone can read."""

from __future__ import annotations

import re

import psutil
import pytest
import zxingcpp

from appliance.printing.picture import pictures
from web import lan

ROUTES = """Main:
  +-- 0.0.0.0/0 3 0 5
     +-- 127.0.0.0/8 2 0 2
           |-- 127.0.0.1
              /32 host LOCAL
     +-- 192.168.7.0/24 2 0 2
           |-- 192.168.7.0
              /24 link UNICAST
           |-- 192.168.7.20
              /32 host LOCAL
        |-- 192.168.7.255
           /32 link BROADCAST
           |-- 10.1.0.2
              /32 host LOCAL
Local:
           |-- 192.168.7.20
              /32 host LOCAL
"""


@pytest.fixture
def network(tmp_path, monkeypatch):
    """The route table of a box with two cards."""
    path = tmp_path / "fib_trie"
    path.write_text(ROUTES)
    monkeypatch.setattr(lan.addresses, "__defaults__", (path,))
    return path


def test_only_addresses_that_others_reach_are_told_each_once(network):
    assert lan.addresses() == ["192.168.7.20", "10.1.0.2"]
    assert lan.addresses(network.with_name("no network")) == []


def test_the_machine_that_runs_this_has_only_addresses_that_are_its_own():
    own = {one.address for cards in psutil.net_if_addrs().values() for one in cards}
    assert [one for one in lan.addresses() if one not in own] == []


def test_a_phone_reads_the_codes_and_gets_the_port_of_the_page(visitor, network):
    text = visitor().get("/phone", headers={"Host": "10.1.0.2:8080"}).get_data(as_text=True)
    pictures = re.findall(r"<svg[^>]*class=\"qr\".*?</svg>", text, re.S)
    assert [read(picture) for picture in pictures] == [
        f"http://{host}:8080/{path}" for host in ("10.1.0.2", "192.168.7.20") for path in ("hand-in", "judge", "login")
    ]


def read(svg: str) -> str:
    """What stands in a code, drawn as a browser would."""
    (picture,) = pictures(svg.replace("<svg", '<svg width="60mm" height="60mm"', 1))
    (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    return code.text


@pytest.mark.parametrize(
    ("host", "seen"),
    [
        ("127.0.0.1:8080", "10.0.0.5:8080"), ("localhost", "10.0.0.5"), ("[::1]:8080", "10.0.0.5:8080"),
        ("box.lan:8080", "box.lan:8080"), ("192.168.7.20", "192.168.7.20"),
    ],
)  # fmt: skip
def test_a_paper_printed_at_the_box_itself_carries_an_address_that_others_can_open(host, seen):
    assert lan.for_others(host, ["10.0.0.5", "10.9.9.9"]) == seen


def test_a_school_gets_the_address_also_from_the_boxs_own_screen(visitor, network):
    text = visitor("clerk").post("/school-codes", "/school-codes", schools="示例第九小学").get_data(as_text=True)
    assert "http://192.168.7.20/hand-in" in text


def test_without_a_network_the_page_says_what_to_do(visitor, network):
    network.write_text("")
    assert "盒子没有连上办公网" in visitor().get("/phone").get_data(as_text=True)


def test_the_name_is_told_only_when_it_is_announced(tmp_path):
    assert lan.name(tmp_path / "nothing") == ""
    assert lan.name(tmp_path).endswith(".local")
