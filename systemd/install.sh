#!/bin/bash
# Lays the units, users, rights and kernel settings of a box on this system, from a checkout in /opt/lessonbox.
#   sudo systemd/install.sh [ROOT]      ROOT: another system's root, then nothing is started or made there
# Made homes, keys and settings are left alone; running it again brings changed units. Station: see docs/技术手册.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=${1:-}

install -d "$root"/etc/systemd/system "$root"/etc/{sysusers.d,tmpfiles.d,sysctl.d,modules-load.d}
install -m 644 "$here"/lessonbox*.{service,socket,timer,target} "$root/etc/systemd/system/"
install -d "$root/etc/systemd/system/lessonbox-.service.d"
install -m 644 "$here"/lessonbox-.service.d/*.conf "$root/etc/systemd/system/lessonbox-.service.d/"
for kind in sysusers tmpfiles sysctl modules-load; do
  install -m 644 "$here/$kind.d/lessonbox.conf" "$root/etc/$kind.d/lessonbox.conf"
done
[[ -n $root ]] && exit 0

systemd-sysusers /etc/sysusers.d/lessonbox.conf
systemd-tmpfiles --create /etc/tmpfiles.d/lessonbox.conf
systemctl daemon-reload
systemctl restart systemd-modules-load.service systemd-sysctl.service
systemctl enable lessonbox.target lessonbox-web.socket lessonbox-{web,watch,courier}.service lessonbox-backup.timer
# lessonbox-sshd.service is for stations that receive; they enable it themselves.
echo 'units are installed; make the station (docs/技术手册.md), then: systemctl start lessonbox.target'
