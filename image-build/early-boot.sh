#!/bin/busybox sh
# The first process: finds the disk that the box lives on, mounts the slot's read-only root, hands over to systemd.
#
# Not by label or partition id: a stick that somebody flashed with this very image has the same ones. The own disk is
# one that is laid out like ours; of several, one that is not on USB, then one whose data partition is in use.
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mount -t tmpfs -o mode=755,nosuid,nodev run /run

say() { echo "lessonbox: $*" >/dev/kmsg; }

while read -r module; do insmod "/modules/$module" 2>/dev/null; done </modules/order

slot=a wait=10
for word in $(cat /proc/cmdline); do
  case $word in
    lessonbox.slot=*) slot=${word#*=} ;;
    panic=*) wait=${word#*=} ;;
  esac
done

# part DISK NUMBER: the kernel's name of a partition.
part() {
  case $1 in
    *[0-9]) echo "$1p$2" ;;
    *) echo "$1$2" ;;
  esac
}
# The FAT label of the first partition says whose layout it is; it stands at a fixed place.
label() { dd if="/dev/$1" bs=1 skip=71 count=11 2>/dev/null; }
data_number() { if [ -b "/dev/$(part "$1" 5)" ]; then echo 5; else echo 4; fi; }
# 36 hexadecimal digits of an ext4 file system's own id, nothing when there is none.
data_id() {
  device=/dev/$(part "$1" "$(data_number "$1")")
  [ "$(dd if="$device" bs=1 skip=1080 count=2 2>/dev/null | hexdump -e '1/2 "%04x"')" = ef53 ] || return 0
  dd if="$device" bs=1 skip=1128 count=16 2>/dev/null | hexdump -e '16/1 "%02x"'
}
on_usb() { readlink -f "/sys/class/block/$1" | grep -q /usb; }

candidates() {
  for place in /sys/class/block/*; do
    name=${place##*/}
    [ -e "$place/partition" ] || [ ! -b "/dev/$(part "$name" 4)" ] && continue
    [ "$(label "$(part "$name" 1)")" = "LESSONBOOT " ] || continue
    order=1
    on_usb "$name" && order=$((order + 2))
    [ -z "$(data_id "$name")" ] && order=$((order + 1))
    echo "$order $name"
  done | sort | head -n 1 | cut -d ' ' -f 2
}

tries=0
until disk=$(candidates) && [ -n "$disk" ]; do
  tries=$((tries + 1))
  if [ $tries -gt 60 ]; then
    say "没有找到自己的盘，$wait 秒后重新启动"
    sleep "$wait"
    reboot -f
  fi
  sleep 0.5
done
# A disk on USB that answered first is not yet the right one: one inside may still be on its way.
on_usb "$disk" && sleep 3 && disk=$(candidates)

case $slot in
  b) root=$(part "$disk" 3) ;;
  *) root=$(part "$disk" 2) ;;
esac
say "slot $slot on $root"
if ! mount -t erofs -o ro "/dev/$root" /sysroot; then
  say "槽位 $slot 挂载不上，$wait 秒后重新启动"
  sleep "$wait"
  reboot -f
fi

# Names for the own disk that nothing that is plugged in can take over.
mkdir -p /run/lessonbox /run/udev/rules.d
echo "$disk" >/run/lessonbox/disk
echo "$slot" >/run/lessonbox/slot
settings=4
[ "$(data_number "$disk")" = 4 ] && settings=1
{
  echo "SUBSYSTEM!=\"block\", GOTO=\"end\""
  echo "KERNEL==\"$disk|$disk[0-9]|${disk}p[0-9]\", ENV{LESSONBOX_OWN}=\"1\", ENV{UDISKS_IGNORE}=\"1\""
  for row in boot:1 root-a:2 root-b:3 settings:$settings data:"$(data_number "$disk")"; do
    echo "KERNEL==\"$(part "$disk" "${row#*:}")\", SYMLINK+=\"lessonbox/${row%:*}\""
  done
  echo "LABEL=\"end\""
} >/run/udev/rules.d/10-lessonbox-own-disk.rules

# The machine's id is that of its data: a box with the same data is the same box, whichever slot runs.
id=$(data_id "$disk")
if [ ${#id} = 32 ]; then
  echo "$id" >/run/lessonbox/machine-id
  mount -o bind /run/lessonbox/machine-id /sysroot/etc/machine-id
fi

for place in run dev sys proc; do mount -o move /$place /sysroot/$place; done
exec switch_root /sysroot /sbin/init
