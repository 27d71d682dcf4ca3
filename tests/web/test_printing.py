"""打印, as the clerk sees it."""

from __future__ import annotations

import dataclasses
import re

import pytest

from appliance.printing import work
from appliance.station import Station
from tests.printing.paper import papers
from tests.web.conftest import Visitor
from web import create_app


@pytest.fixture
def box(office_station: Station, tmp_path) -> Station:
    return dataclasses.replace(
        office_station, settings=dataclasses.replace(office_station.settings, printer=f"{tmp_path}/lp0")
    )


@pytest.fixture
def clerk(box: Station) -> Visitor:
    someone = Visitor(create_app(box).test_client())
    someone.sign_in("经办甲")
    return someone


def states(clerk: Visitor) -> list[str]:
    text = clerk.get("/printing").get_data(as_text=True)
    return re.findall(r"</svg>(排队|正在打|已打|失败)<", text)


def test_a_slip_is_asked_for_on_its_delivery_and_followed_on_the_page(clerk, box, tmp_path):
    assert "打印小票" in clerk.get("/deliveries/4").get_data(as_text=True)
    assert clerk.post("/deliveries/4/receipt-printer").location == "/printing"
    assert states(clerk) == ["排队"]
    catalog = box.catalog()
    work.run_once(box, catalog)
    assert states(clerk) == ["失败"]
    assert "没有找到打印机。请看打印机的电源和线，再试一次" in clerk.get("/printing").get_data(as_text=True)
    (tmp_path / "lp0").touch()
    assert clerk.post("/printing/1/again").location == "/printing"
    work.run_once(box, catalog)
    assert states(clerk) == ["已打", "失败"]
    assert len(papers((tmp_path / "lp0").read_bytes())) == 1
    assert "打印过 1 次" in clerk.get("/deliveries/4").get_data(as_text=True)
    catalog.close()


def test_the_page_says_when_nothing_prints(clerk):
    clerk.post("/printing/test")
    assert "打印没有在工作" in clerk.get("/printing").get_data(as_text=True)


def test_without_a_printer_the_page_says_what_to_do_instead_and_offers_no_button(visitor):
    office = visitor("clerk")
    text = office.get("/printing").get_data(as_text=True)
    assert "这台盒子没有接小票打印机" in text
    assert "打印测试" not in text
    assert "打印小票" not in office.get("/deliveries/4").get_data(as_text=True)


def test_what_was_never_printed_cannot_be_printed_again(clerk):
    assert clerk.post("/printing/99/again").status_code == 404
