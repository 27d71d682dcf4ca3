"""登记: `enrol request` below, `enrol grant REQUEST` above, `enrol accept GRANT` below."""

from __future__ import annotations

import argparse
from pathlib import Path

from appliance import cli
from appliance.errors import NotFound, WrongUse
from appliance.store.files import replacing
from sync import enrolment
from sync.reception.server import user_name


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("step", choices=("request", "grant", "accept"))
    parser.add_argument("file", nargs="?", type=Path, help="grant：下级的申请；accept：上级的准予")
    parser.add_argument("--out", type=Path, help="写到这个文件")
    parser.add_argument("--address", help="下级连接本站点用的地址（默认用设置里的 lan_address）")
    parser.add_argument("--user", help="下级登录本站点用的用户（默认是当前用户）")
    parser.add_argument("--replace", action="store_true", help="下级换了机器：以新密钥代替旧密钥")


def run(args: argparse.Namespace) -> cli.Answer:
    station = cli.station(args)
    catalog = station.catalog()
    if args.step == "request":
        made = enrolment.request(station)
        peer = enrolment.principal_of(station)
        out = args.out or station.folder("trust") / f"{peer}.request.json"
    elif args.step == "grant":
        data = _read(args.file)
        peer = enrolment.opened(data, enrolment.REQUEST)["principal"]
        address, user = args.address or station.settings.lan_address, args.user or user_name()
        made = enrolment.grant(station, catalog, data, address, user, args.replace)
        out = args.out or station.folder("trust") / f"{peer}.grant.json"
    else:
        made = _read(args.file)
        peer = enrolment.accept(station, catalog, made)["city"]
        out = None
    if out is not None:
        with replacing(out) as file:
            file.write(made)
    shown = {"step": args.step, "peer": peer, "file": str(out or args.file), "fingerprint": enrolment.fingerprint(made)}
    if args.step == "grant":
        shown["request_fingerprint"] = enrolment.fingerprint(data)
    return cli.Answer(shown, _text(shown))


def _text(shown: dict[str, str]) -> str:
    lines = [f"{_TITLES[shown['step']]}：{shown['file']}"]
    if "request_fingerprint" in shown:
        lines.append(f"申请的核对码：{shown['request_fingerprint']}（请与下级屏幕上的一致）")
    lines.append(f"核对码：{shown['fingerprint']}（请打电话读给对方核对）")
    return "\n".join(lines)


_TITLES = {"request": "登记申请已写好", "grant": "准予登记已写好", "accept": "已与上级建立信任"}


def _read(path: Path | None) -> bytes:
    if path is None:
        raise WrongUse("没有写是哪个文件")
    if not path.is_file():
        raise NotFound(f"没有这个文件：{path}")
    with path.open("rb") as file:
        return file.read(enrolment.LARGEST + 1)
