#!/bin/bash
# Installs the Debian packages of the named lists that are missing; says which, asks for nothing.
#   image-build/install-packages.sh run [share] [demo] [test]
# A list is packages-<name>.txt beside this file. Without dpkg it only says what is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

missing=()
for list in "$@"; do
  while read -r package present; do
    [[ -z $package || $package == \#* ]] && continue
    bash -c "$present" </dev/null >/dev/null 2>&1 || missing+=("$package")
  done <"$here/packages-$list.txt"
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

echo "missing Debian packages: ${missing[*]}"
if ! command -v apt-get >/dev/null; then
  echo "this is not a Debian: install them by hand, then run the same command again" >&2
  exit 1
fi
as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "not root and no sudo; as root: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
# RUNLEVEL=1 keeps packages from starting their services: the box runs an sshd of its own, on its own port.
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq -o Dpkg::Use-Pty=0)
"${apt[@]}" update
"${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null >/dev/null
if [[ " ${missing[*]} " == *" openssh-server "* && -d /run/systemd/system ]]; then
  "${as_root[@]}" systemctl disable --quiet --now ssh.service ssh.socket || true
  echo "the system's own ssh service, which came with openssh-server, was left switched off"
fi
if [[ " ${missing[*]} " == *" samba "* && -d /run/systemd/system ]]; then
  "${as_root[@]}" systemctl disable --quiet --now smbd.service nmbd.service || true
  echo "the system's own file sharing, which came with samba, was left switched off"
fi
echo "installed: ${missing[*]}"
