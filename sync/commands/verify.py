"""`verify BUNDLE [--signers FILE]`: is this what its station sealed? Works without a home."""

from __future__ import annotations

import argparse
from pathlib import Path

from appliance import cli
from appliance.errors import BadBundle, NotFound
from sync import codes, signers, sshsig
from sync.public_keys import public_line
from sync.signers import Signer, Signers
from sync.verify import verify


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--signers", type=Path, help="可信签名人名单（ssh-keygen 的 allowed_signers 格式）")


def run(args: argparse.Namespace) -> cli.Answer:
    if not args.bundle.is_dir():
        raise NotFound(f"没有这个报送包：{args.bundle}")
    found = verify(args.bundle, signers.read(args.signers) if args.signers else _known(args.home))
    if found.ok and found.link:
        text = f"可信：{found.link.lesson} 第 {found.link.version} 版，{found.link.station} 第 {found.link.seq} 号"
    else:
        text = "\n".join(f"{codes.SAYS[p.code]} {p.path}（{p.code}）" for p in found.problems)
    return cli.Answer(found.as_json(), text, 0 if found.ok else BadBundle.exit_code)


def _known(home: Path) -> Signers:
    """This station itself and the stations below it."""
    if not (home / "station.toml").is_file():
        raise NotFound("没有站点文件夹，也没有用 --signers 给出可信签名人名单")
    from appliance.station import Station  # a stranger's check needs no catalog and no keys
    from sync import enrolment, keys, trust

    station = Station.open(home)
    own = public_line(keys.ssh_key(station, "sign").public_key())
    rows = trust.bundle_signers(station.catalog().db).rows
    return Signers((Signer(enrolment.principal_of(station), (sshsig.BUNDLE,), own), *rows))
