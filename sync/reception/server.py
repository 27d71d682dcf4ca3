"""The private sshd of a station that receives: own port, own host key, certificates only, one forced command.

Works as an ordinary user on a high port, and as root; it offers nothing that sshd is otherwise good for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from appliance.errors import SettingsWrong
from appliance.station import Station
from appliance.store.files import replacing
from sync import keys

CONFIG = """\
# Made by the box at every start; changes here are lost.
Port {port}
ListenAddress {listen}
HostKey {secret}/host
PidFile none
TrustedUserCAKeys {secret}/ca.pub
AuthorizedPrincipalsFile {trust}/principals
AuthorizedKeysFile none
AuthenticationMethods publickey
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin forced-commands-only
AllowUsers {user}
DisableForwarding yes
PermitTTY no
PermitUserRC no
X11Forwarding no
PrintMotd no
UsePAM no
UseDNS no
StrictModes no
LoginGraceTime 30
MaxAuthTries 3
MaxStartups 20
ClientAliveInterval 15
ClientAliveCountMax 3
TCPKeepAlive yes
LogLevel VERBOSE
"""
PRIVILEGE_SEPARATION = Path("/run/sshd")


def user_name() -> str:
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


def write_config(station: Station) -> Path:
    """`<home>/run/sshd_config`. `StrictModes no`: the home may lie below a folder that others can write, as on
    a developer's machine; the files named here are in folders of our own."""
    keys.ssh_key_file(station, "host")
    keys.ssh_key_file(station, "ca")
    principals = station.folder("trust") / "principals"
    if not principals.exists():
        with replacing(principals, 0o644):
            pass
    text = CONFIG.format(
        port=station.settings.sshd_port, listen=station.settings.lan_address, user=user_name(),
        secret=_quoted(station.folder("secret")), trust=_quoted(station.folder("trust")),
    )  # fmt: skip
    path = station.folder("run") / "sshd_config"
    with replacing(path, 0o644) as out:
        out.write(text.encode())
    return path


def _quoted(path: Path) -> str:
    """sshd splits values at spaces and expands `%`."""
    if any(char in str(path) for char in ' "\t\n'):
        raise SettingsWrong("站点文件夹的路径里不能有空格或引号")
    return str(path).replace("%", "%%")


def command(station: Station) -> list[str]:
    """sshd in the foreground with a configuration written now. Raises `SettingsWrong` when it is not installed."""
    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
    if program is None:
        raise SettingsWrong("没有安装 openssh-server，不能接收下级报送")
    if os.getuid() == 0:
        PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
    return [program, "-D", "-e", "-f", str(write_config(station))]


def start(station: Station) -> subprocess.Popen[bytes]:
    """As a child that writes to `<home>/run/sshd.log`."""
    with (station.folder("run") / "sshd.log").open("ab") as log:
        return subprocess.Popen(command(station), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
