"""`courier`: sends, receives and, where an sshd port is set, lets the stations below in; until SIGTERM.
`courier --sshd-only` keeps the private sshd alone (its own unit); `courier out|in DISK` carries by hand."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from appliance import cli
from appliance.errors import SettingsWrong, WrongUse
from sync import courier_disk, rhythm
from sync.reception import server


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("way", nargs="?", choices=("out", "in"), help="out：写到硬盘；in：从硬盘收")
    parser.add_argument("disk", nargs="?", type=Path, help="硬盘的文件夹")
    parser.add_argument("--sshd-only", action="store_true", help="只运行接收用的 sshd")
    parser.add_argument("--no-sshd", action="store_true", help="sshd 由别的服务运行")


def run(args: argparse.Namespace) -> int | cli.Answer:
    station = cli.station(args)
    if args.way:
        if args.disk is None or not args.disk.is_dir():
            raise WrongUse("请给出硬盘的文件夹")
        done = courier_disk.out(station, args.disk) if args.way == "out" else courier_disk.take_in(station, args.disk)
        return cli.Answer(done, "\n".join(done["says"]) or "没有要携带的")
    if args.sshd_only:
        if not station.settings.sshd_port:
            raise SettingsWrong("station.toml 里没有设置 sshd_port")
        command = server.command(station)
        os.execv(command[0], command)
    return rhythm.keep(station, sending=True, receiving=True, serving=not args.no_sshd)
