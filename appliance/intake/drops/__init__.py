"""投递点: one file for each kind, one row here. A kind says what is there now; everything after is the same
for all: settle, receive, unpack, identify, check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from appliance.intake.drops import browser, lan, usb
from appliance.intake.parcel import FoundDrop
from appliance.station import Station


@dataclass(frozen=True)
class DropKind:
    """`find` lists what is present, cheaply and without an event. `gone_early`: what the clerk reads when a
    drop vanished before everything was taken. `folder`: below the home, watched for events. `clear`: what to do with
    a drop's folder once all of it is received; None where the folder is somebody else's. `over`: why a drop may bring no
    more, in words; "" when it may."""

    name: str
    title: str
    find: Callable[[Station], Iterator[FoundDrop]]
    gone_early: str
    folder: str
    clear: Callable[[Path], None] | None = None
    over: Callable[[Station, Database, FoundDrop], str] = lambda station, db, found: ""


DROP_KINDS = (
    DropKind("usb", "U 盘", usb.find, "U 盘被拔出，请重新插入", "drops/usb"),
    DropKind("lan", "共享文件夹", lan.find, "共享文件夹不见了，没有收完的请重新放入", "drops/lan", over=lan.over),
    DropKind("browser", "网页投递", browser.find, "网页交来的文件不见了，请重新交", "drops/browser", browser.clear),
)


def titled(kind: str) -> str:
    return next((row.title for row in DROP_KINDS if row.name == kind), kind)
