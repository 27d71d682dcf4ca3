#!/bin/bash
# Lays the units, users, rights and kernel settings of a box on a system, from a checkout or wheel in /opt/lessonbox.
#   sudo systemd/install.sh                on this system; running it again brings changed units
#   systemd/install.sh --root DIR          into another system's root: nothing is started or made there
#   … --kiosk                              the box's own screen too, as --root does; its policy holds for every Chromium here
#   sudo systemd/install.sh --undo         takes away what it laid; /data/lessonbox and the users stay
# Made homes, keys and settings are left alone. Station: see docs/技术手册.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root='' undo='' kiosk=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --root) root=${2:?--root DIR} kiosk=yes; shift 2 ;;
    --kiosk) kiosk=yes; shift ;;
    --undo) undo=yes; shift ;;
    *) echo "$0: unknown word $1" >&2; exit 2 ;;
  esac
done

# The socket and the timer are started by the target too. sshd is for stations that receive, share for those
# with a shared folder; they enable it themselves.
enabled=(
  lessonbox.target lessonbox-web.socket lessonbox-{firstboot,web,watch,courier,printer,health,keep}.service
  lessonbox-{backup,disks}.timer lessonbox-{backup,mark,restore,update}.path
)
[[ -n $kiosk || -n $undo ]] && enabled+=(lessonbox-kiosk.service)

# Pairs: a file of ours, where it goes.
files() {
  local file
  for file in "$here"/lessonbox*.{service,socket,timer,path,target}; do
    echo "$file /etc/systemd/system/${file##*/}"
  done
  for file in "$here"/lessonbox*.service.d/*.conf; do
    echo "$file /etc/systemd/system/${file#"$here"/}"
  done
  for file in "$here"/{sysusers,tmpfiles,sysctl,modules-load}.d/lessonbox.conf; do
    echo "$file /etc/${file#"$here"/}"
  done
  for file in "$here"/{journald,system,resolved}.conf.d/lessonbox.conf "$here"/dnssd/lessonbox.dnssd; do
    echo "$file /etc/systemd/${file#"$here"/}"
  done
  echo "$here/system-preset/50-lessonbox.preset /etc/systemd/system-preset/50-lessonbox.preset"
  if [[ -n $kiosk || -n $undo ]]; then
    echo "$here/user-979.slice.d/lessonbox.conf /etc/systemd/system/user-979.slice.d/lessonbox.conf"
    echo "$here/kiosk/start.sh /usr/lib/lessonbox/kiosk"
    echo "$here/kiosk/policy.json /etc/chromium/policies/managed/lessonbox.json"
  fi
  for file in "$here"/udev/*.rules; do
    echo "$file /etc/udev/rules.d/${file##*/}"
  done
}

if [[ -n $undo ]]; then
  if [[ -z $root ]]; then systemctl stop lessonbox.target 'lessonbox-*' || true; fi
  systemctl ${root:+--root="$root"} disable --quiet "${enabled[@]}" || true
  files | while read -r _ to; do
    rm -f "$root$to"
    case $to in */lessonbox*.d/* | */user-979.slice.d/*) rmdir --ignore-fail-on-non-empty "$root$(dirname "$to")" ;; esac
  done
  if [[ -z $root ]]; then
    systemctl daemon-reload
    if [[ -e /run/udev/control ]]; then udevadm control --reload; fi
  fi
  echo 'units are taken away; /data/lessonbox, its users and /opt/lessonbox are as they were'
  exit 0
fi

files | while read -r from to; do
  if [[ -x $from ]]; then mode=755; else mode=644; fi
  install -D -m "$mode" "$from" "$root$to"
done
systemctl ${root:+--root="$root"} enable --quiet "${enabled[@]}"
[[ -n $root ]] && exit 0

systemd-sysusers /etc/sysusers.d/lessonbox.conf
systemd-tmpfiles --create /etc/tmpfiles.d/lessonbox.conf
systemctl daemon-reload
if [[ -e /run/udev/control ]]; then udevadm control --reload; fi
systemctl restart systemd-modules-load.service systemd-sysctl.service systemd-journald.service
echo 'units are installed; make the station (docs/技术手册.md), then: systemctl start lessonbox.target'
