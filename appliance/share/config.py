"""smb.conf, as text. Each line that is no matter of course says why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from appliance.errors import SettingsWrong
from appliance.share.accounts import WRITER, account

_GLOBAL = """\
# Written by lessonbox; what is changed here is lost. Settings: station.toml.
[global]
  server role = standalone server
  workgroup = WORKGROUP
  server string = LessonBox
  smb ports = {port}
{interfaces}
  hosts allow = 127. 10. 172.16.0.0/12 192.168. 169.254. ::1 fe80::/10 fc00::/7
  disable netbios = yes
  load printers = no
  printcap name = /dev/null
  disable spoolss = yes

  # Whoever has no code has nothing: no guest, no list of names.
  passdb backend = smbpasswd:{secret}/smbpasswd
  map to guest = never
  restrict anonymous = 2
  access based share enum = yes
  server min protocol = SMB2_10
  server signing = mandatory
  ntlm auth = ntlmv2-only

  # Names as they are, in UTF-8; long Chinese names get no short ones beside them.
  unix charset = UTF-8
  mangled names = no

  # Files and folders only: no link leads anywhere, nothing is kept in attributes that the copy would lose.
  follow symlinks = no
  wide links = no
  server multi channel support = no
  ea support = no
  store dos attributes = no
  map archive = no
  map hidden = no
  map system = no
  map readonly = no

  # Whether somebody still writes is asked of the kernel, by the open file. So nobody may keep a file open that he
  # has closed, or keep bytes back that he has written: no oplocks, no leases, no handles that outlive a connection.
  oplocks = no
  level2 oplocks = no
  kernel oplocks = no
  smb2 leases = no
  durable handles = no
  strict allocate = no
  # What Windows believes to be there at most, so that it refuses at once to copy more; the intake counts itself.
  max disk size = {most}
  # A machine that lost its power holds its files open no longer than a minute and a half.
  socket options = TCP_NODELAY SO_KEEPALIVE TCP_KEEPIDLE=60 TCP_KEEPINTVL=10 TCP_KEEPCNT=3
  deadtime = 30
  max smbd processes = 100

  private dir = {state}
  lock directory = {state}
  state directory = {state}
  cache directory = {state}
  pid directory = {state}
  ncalrpc dir = {state}/ncalrpc
  log file = {state}/smbd.log
  max log size = 2000
  log level = 1
"""
_SCHOOL = """
[{school}]
  path = {path}
  valid users = {account}
  read only = no
  guest ok = no
  force user = {writer}
  create mask = 0640
  directory mask = 0750
"""


def text(
    port: int, address: str, secret: Path, state: Path, schools: Mapping[int, tuple[str, Path]], most: int = 0
) -> str:
    """`schools`: number → (name, folder). `address`: where to listen; every one for 0.0.0.0 and ::. `most`: bytes that
    a school may put there, 0 for no bound."""
    interfaces = "" if address in ("0.0.0.0", "::") else f"  interfaces = {address}\n  bind interfaces only = yes"
    whole = _GLOBAL.format(
        port=port, interfaces=interfaces, secret=_plain(secret), state=_plain(state), most=-(-most // 1_000_000)
    )  # fmt: skip
    parts = [whole]
    parts += [
        _SCHOOL.format(school=name, path=_plain(folder), account=account(number), writer=WRITER)
        for number, (name, folder) in sorted(schools.items())
    ]
    return "".join(parts)


def _plain(path: Path) -> str:
    """Raises `SettingsWrong`: Samba replaces %-words in a value, and knows no way to write the sign itself."""
    if "%" in str(path):
        raise SettingsWrong("站点文件夹的位置里有 %，不能开共享文件夹", remedy="请把站点文件夹改名")
    return str(path)
