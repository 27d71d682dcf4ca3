"""What the machine says of itself, read from folders like those of the kernel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appliance.box import body
from appliance.box.body import disks, heat, memory, slot, watchdog
from appliance.box.update import state


def lay(top: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return top


MEMINFO = "MemTotal:  4000000 kB\nMemFree: 10 kB\nMemAvailable: {left} kB\n"
PI = "sys/devices/platform/soc/soc:firmware/get_throttled"
LOOKS = {
    "cool": (heat.temperature, {"sys/class/thermal/thermal_zone0/temp": "41000\n"}, True, "41 °C"),
    "warm": (heat.temperature, {"sys/class/thermal/thermal_zone0/temp": "78000\n"}, None, "78 °C"),
    "hot": (heat.temperature, {"sys/class/thermal/thermal_zone1/temp": "86000\n"}, False, "86 °C"),
    "no thermometer": (heat.temperature, {}, None, "看不到"),
    "weak power now": (heat.throttling, {PI: "50005\n"}, False, "供电不足，存储可能写坏"),
    "slow now": (heat.throttling, {PI: "4\n"}, False, "正在因过热降速"),
    "weak power before": (heat.throttling, {PI: "50000\n"}, None, "开机以来供电不足过"),
    "pi at ease": (heat.throttling, {PI: "0\n"}, True, "没有"),
    "pc slowed": (heat.throttling, {"sys/devices/system/cpu/cpu0/thermal_throttle/package_throttle_count": "3\n"}, None, "开机以来因过热降速 3 次"),
    "memory": (memory.look, {"proc/meminfo": MEMINFO.format(left=2000000), "proc/vmstat": "oom_kill 0\n"}, True, "共 4.0 GB，还有 2.0 GB"),
    "no memory": (memory.look, {"proc/meminfo": MEMINFO.format(left=90000)}, False, "共 4.0 GB，还有 0.1 GB"),
    "memory was short": (memory.look, {"proc/meminfo": MEMINFO.format(left=2000000), "proc/vmstat": "oom_kill 2\n"}, None, "共 4.0 GB，还有 2.0 GB；开机以来有 2 个程序因内存不够被结束"),
    "watchdog fed": (watchdog.look, {"sys/class/watchdog/watchdog0/state": "active\n", "sys/class/watchdog/watchdog0/identity": "示例表\n", "sys/class/watchdog/watchdog0/timeout": "14\n"}, True, "开着，示例表，14 秒"),
    "watchdog asleep": (watchdog.look, {"sys/class/watchdog/watchdog0/state": "inactive\n"}, False, "有，但没有开"),
    "no watchdog": (watchdog.look, {}, None, "这台机器没有"),
    "own system": (slot.look, {}, None, "不是由装机镜像装的，没有第二个槽位"),
    "slot": (slot.look, {"run/lessonbox/slot": "b\n", "etc/os-release": 'IMAGE_VERSION="1.1"\n'}, True, "槽位 B，版本 1.1"),
    "emmc young": (disks.look, {"sys/block/mmcblk0/device/life_time": "0x01 0x02\n"}, True, "mmcblk0 寿命约用了 20%"),
    "emmc old": (disks.look, {"sys/block/mmcblk0/device/life_time": "0x09 0x01\n"}, None, "mmcblk0 寿命用到八九成"),
    "emmc at its end": (disks.look, {"sys/block/mmcblk0/device/life_time": "0x0b 0x01\n", "sys/block/mmcblk0/device/pre_eol_info": "0x03\n"}, False, "mmcblk0 超过了估计的寿命、备用块快用完了"),
    "no disk that talks": (disks.look, {}, None, "看不到健康状况（没有 smartctl，或这种盘不说）"),
}  # fmt: skip


@pytest.mark.parametrize("look, files, ok, says", LOOKS.values(), ids=list(LOOKS))
def test_what_the_kernel_shows_is_told_in_plain_words(look, files, ok, says, tmp_path: Path) -> None:
    found = look(lay(tmp_path / "top", files), tmp_path / "home")
    assert (found.ok, found.says) == (ok, says)
    assert bool(found.fix) or found.ok is not False


SMART = {
    "good": ({"smart_status": {"passed": True}}, True, "示例盘 好"),
    "failing": ({"smart_status": {"passed": False}}, False, "示例盘 自己说快坏了"),
    "worn": ({"smart_status": {"passed": True}, "nvme_smart_health_information_log": {"percentage_used": 93}}, None, "示例盘 寿命用了 93%"),
    "bad sectors": ({"smart_status": {"passed": True}, "ata_smart_attributes": {"table": [{"id": 197, "raw": {"value": 8}}]}}, None, "示例盘 有 8 个扇区换过或读不出"),
    "silent": ({"smart_status": {}}, None, "示例盘 不说自己怎样"),
}  # fmt: skip


@pytest.mark.parametrize("told, ok, says", SMART.values(), ids=list(SMART))
def test_a_disk_is_judged_by_what_it_says(told, ok, says, tmp_path: Path) -> None:
    lay(tmp_path, {"home/run/disks.json": json.dumps({"sda": {"model_name": "示例盘", **told}})})
    found = disks.look(tmp_path / "top", tmp_path / "home")
    assert (found.ok, found.says) == (ok, says)


def test_an_update_that_went_back_is_told(tmp_path: Path) -> None:
    top = lay(tmp_path / "top", {"run/lessonbox/slot": "a", "etc/os-release": "IMAGE_VERSION=1.0\n"})
    (tmp_path / "home/run").mkdir(parents=True)
    state.put(tmp_path / "home", state.State("written", "1.1"))
    found = slot.look(top, tmp_path / "home")
    assert (found.ok, found.says) == (None, "槽位 A，版本 1.0；1.1 写好了，没有用上")


def test_every_look_answers_on_this_machine_and_on_one_that_shows_nothing(tmp_path: Path) -> None:
    names = [check.name for check in body.checks(tmp_path, tmp_path / "nothing")]
    assert names == ["系统", "看门狗", "硬盘", "温度", "降速", "内存"]
    assert [check.name for check in body.checks(tmp_path)] == names
    assert [check.ok for check in body.checks(tmp_path, tmp_path / "nothing")] == [None] * len(names)


def test_a_note_that_is_half_written_hides_nothing_else(tmp_path: Path) -> None:
    lay(tmp_path, {"home/run/disks.json": '{"sda": ', "top/sys/block/mmcblk0/device/life_time": "0x0a\n"})
    assert disks.look(tmp_path / "top", tmp_path / "home").ok is False
