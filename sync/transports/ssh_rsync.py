"""rsync over ssh, with the flags that were measured, and none of those that lose bytes.

Never `--partial`, `--partial-dir`, `--append*`, `--link-dest`, `-z`, `-l`, `--delete`: each lost bytes or ended
with 0 and wrong content. `--inplace` keeps what arrived when the line is cut. Always into a folder.
"""

from __future__ import annotations

import shlex
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from appliance.errors import NotEnrolled
from appliance.station import Station
from sync import keys, supervisor
from sync.supervisor import Outcome, Progress

FLAGS = ("-rt", "--chmod=D0750,F0640", "--inplace", "--mkpath", "--timeout=60", "--info=progress2,stats2")
FETCH_FLAGS = ("-rt", "--chmod=D0750,F0640", "--timeout=60", "--max-size=256k", "--info=progress2,stats2")
SSH_OPTIONS = (
    "BatchMode=yes", "ConnectTimeout=15", "ServerAliveInterval=5", "ServerAliveCountMax=3",
    "StrictHostKeyChecking=yes", "IdentitiesOnly=yes", "IdentityAgent=none", "UpdateHostKeys=no",
    "GlobalKnownHostsFile=/dev/null", "PreferredAuthentications=publickey", "ControlPath=none", "LogLevel=ERROR",
)  # fmt: skip
DIAL = Path(__file__).with_name("dial.py")


class SshRsync:
    def __init__(self, station: Station, grant: Mapping[str, Any], stop: threading.Event | None = None) -> None:
        """Raises `NotEnrolled` when the station above takes nothing by line (port 0)."""
        if not grant["port"]:
            raise NotEnrolled("上级站点没有开通线路接收", remedy="请用硬盘携带，或请上级开通后重新登记")
        self.station, self.grant, self.stop = station, grant, stop
        self.shell = shlex.join(self._ssh())

    def push(
        self, source: Path, target: str, *, without: Sequence[str] = (), basis: str = "", again: bool = False,
        progress: Progress = lambda n: None,
    ) -> Outcome:  # fmt: skip
        """See `Transport`."""
        limit = self.station.settings.bandwidth_kib
        command = [
            "rsync", *FLAGS,
            *([f"--copy-dest={basis}"] if basis else []),
            *([f"--bwlimit={limit}"] if limit else []),
            *(["--ignore-times"] if again else []),
            *(f"--exclude={pattern}" for pattern in without),
            "-e", self.shell, "--", f"{source}/", self._place(target),
        ]  # fmt: skip
        return supervisor.run(command, self.grant["address"], self.stop, progress)

    def fetch(self, source: str, target: Path) -> Outcome:
        """See `Transport`. Whole files only: without `--inplace` a file has its name when it is complete."""
        target.mkdir(parents=True, exist_ok=True)
        command = ["rsync", *FETCH_FLAGS, "-e", self.shell, "--", self._place(source), f"{target}/"]
        return supervisor.run(command, self.grant["address"], self.stop)

    def _place(self, path: str) -> str:
        host = self.grant["address"]
        return f"{self.grant['user']}@{f'[{host}]' if ':' in host else host}:{path}"

    def _ssh(self) -> list[str]:
        trust = self.station.folder("trust")
        options = [
            *SSH_OPTIONS,
            f"HostKeyAlias={self.grant['city']}",
            f"UserKnownHostsFile={trust / 'known_hosts'}",
            f"CertificateFile={trust / ('transport-cert-' + self.grant['city'] + '.pub')}",
            "ProxyUseFdpass=yes",
            f"ProxyCommand={shlex.join([sys.executable, '-I', str(DIAL)])} {self.grant['address']} {self.grant['port']}",
        ]
        words = ["ssh", "-F", "none", "-p", str(self.grant["port"])]
        words += ["-i", str(keys.ssh_key_file(self.station, "transport"))]
        return words + [word for option in options for word in ("-o", option)]
