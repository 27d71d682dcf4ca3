"""The file that a technician finds beside a new box: everything that can be set, explained, nothing switched on."""

from __future__ import annotations

TEXT = """\
# 第一次开机前，用任何电脑改好这个文件：去掉要用的行前面的 #，照样子填写，文件名改成 lessonbox.toml，插回盒子开机。
# 写错了，盒子的屏幕上会说是第几行。设置好以后，里面的密码会被抹去，文件改名为 lessonbox-done.toml。
# 什么也不填也可以：盒子的屏幕上会显示一个设置码，在网页上设置。

# level = "county"            # county 县，city 市，province 省
# name = "示例县教育局"
# code = "360731"             # 行政区划代码；以后不要改
# edition = "2024"            # 年度规则
# profile = "design_first"    # design_first 先收设计；finished_video 一次收齐

# [network]                   # 不写就自动获取
# address = "192.168.1.20/24"
# gateway = "192.168.1.1"
# dns = ["192.168.1.1"]

# [screen]
# rotation = 0                # 盒子的屏幕摆放时顺时针转过多少度：0、90、180、270

# [printer]                   # 接了回执打印机（ESC/POS，80 毫米）才写
# device = "/dev/usb/lp0"

# [technician]                # 第一位技术员；不写就用屏幕上的设置码
# name = "技术员甲"
# password = "写自己的密码，至少 8 个字符"
"""
