"""`lessonbox https make|show|off`: whether the pages are also served encrypted, and what tablets must trust for it."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil

from appliance import journal
from appliance.cli import Answer, station
from appliance.errors import NotAllowed
from appliance.station import Station
from web.tls import certificates, keeping


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("make", "show", "off"))
    parser.add_argument("--name", action="append", default=[], help="另外的名字或地址，只能是办公网里的；可以写几次")
    parser.add_argument("--anew", action="store_true", help="换新的根证书：平板都要重新信任")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    if args.what == "make":
        return _make(box, args.name, args.anew)
    if not keeping.is_made(box):
        raise NotAllowed("还没有做证书", remedy="请先做证书")
    if args.what == "off":
        shutil.rmtree(keeping.folder(box))
        _note(box, "https.off", {})
        return Answer({"on": False}, "证书和密钥已删除，重启网页后只有 http。平板上的根证书请一并删除。")
    return _show(box)


def _make(box: Station, more: list[str], anew: bool) -> Answer:
    if foreign := [name for name in more if not certificates.is_local(name)]:
        raise NotAllowed(
            f"{'、'.join(foreign)} 不是办公网里的名字或地址", remedy="只能用 .local、.lan 的名字和私有地址"
        )
    names, now = [*more, *keeping.own_names()], dt.datetime.now(dt.UTC)
    if anew or not keeping.is_made(box):
        keeping.make(box, now, names)
    else:
        keeping.renew(box, now, names)
    _note(box, "https.made", {"fingerprint": certificates.fingerprint(keeping.authority(box))})
    return _show(box)


def _note(box: Station, kind: str, data: dict[str, str]) -> None:
    catalog = box.catalog()
    with catalog.writing() as db:
        journal.append(db, kind, "https", data)
    catalog.close()


def _show(box: Station) -> Answer:
    ca, own = keeping.authority(box), keeping.own(box)
    data = {
        "on": True, "port": box.settings.https_port, "fingerprint": certificates.fingerprint(ca),
        "names": certificates.names_of(own), "until": own.not_valid_after_utc.date().isoformat(),
    }  # fmt: skip
    lines = [
        f"根证书的指纹：{data['fingerprint']}", f"名字和地址：{'、'.join(certificates.names_of(own))}",
        f"有效到 {data['until']}，到期前重启网页时自动换新", f"端口：{data['port'] or '没有开，station.toml 里写 https_port = 8443'}",
    ]  # fmt: skip
    return Answer(data, "\n".join(lines))
