"""`lessonbox.toml`: every error with its line, in words that a technician understands."""

from __future__ import annotations

import pytest

from appliance.box.first import sample
from appliance.box.first.fields import FIELDS, wanted
from appliance.settings import read_settings, write_settings

GOOD = """\
name = "示例县教育局"
code = "360731"
[network]
address = "192.168.1.20/24"
gateway = "192.168.1.1"
[technician]
name = "技术员甲"
password = "一二三四五六七八"
"""


def said(text: str | bytes) -> list[str]:
    asked, problems = wanted(text.encode() if isinstance(text, str) else text)
    assert (asked is None) == bool(problems)
    return [str(problem) for problem in problems]


def test_a_good_file_is_settings_and_a_technician() -> None:
    asked, problems = wanted(GOOD.encode())
    assert problems == [] and asked
    assert asked.technician == ("技术员甲", "一二三四五六七八")
    assert asked.settings == {
        "name": "示例县教育局", "code": "360731", "address": "192.168.1.20/24", "gateway": "192.168.1.1",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_whatever_editor_wrote_it_it_is_read(encoding: str, ends: str) -> None:
    assert said(GOOD.replace("\n", ends).encode(encoding)) == []


WRONG = {
    "chinese quotes": ('name = “示例县”\ncode = "1"', ["第 1 行：用了中文的引号 “，请改成英文的"]),
    "chinese equals": ('name ＝ "示例县"\ncode = "1"', ["第 1 行：用了中文的等号 ＝，请改成英文的"]),
    "no quotes": ('name = 示例县\ncode = "1"', ["第 1 行：文字要放在英文双引号里，例如 name = \"示例县教育局\""]),
    "one quote": ('name = "示例县\ncode = "1"', ["第 1 行：引号没有成对"]),
    "no equals": ('name = "示例县"\ncode "1"', ["第 2 行：少了等号，应当是 名字 = 值"]),
    "twice": ('name = "甲"\ncode = "1"\nname = "乙"', ["第 3 行：name 写了两次，前一次在第 1 行"]),
    "unknown": ('name = "甲"\ncode = "1"\nedtion = "2024"', ["第 3 行：没有 edtion 这一项，是不是 edition"]),
    "other section": ('name = "甲"\ncode = "1"\npassword = "12345678"', ["第 3 行：没有 password 这一项，是不是 technician.password"]),
    "number for text": ('name = "甲"\ncode = 360731', ["第 2 行：站点代码（code）只能用字母和数字，不超过 20 位，不能全是 0"]),
    "placeholder code": ('name = "甲"\ncode = "000000"', ["第 2 行：站点代码（code）只能用字母和数字，不超过 20 位，不能全是 0"]),
    "network itself": ('name = "甲"\ncode = "1"\n[network]\naddress = "192.168.1.0/24"', ["第 4 行：地址（network.address）是网段本身或广播地址，不能用"]),
    "no mask": ('name = "甲"\ncode = "1"\n[network]\naddress = "192.168.1.20"', ["第 4 行：地址（network.address）应当是地址和掩码位数，例如 192.168.1.20/24"]),
    "gateway alone": ('name = "甲"\ncode = "1"\n[network]\ngateway = "192.168.1.1"', ["第 4 行：写了网关，没有写地址（network.address）"]),
    "technician without password": ('name = "甲"\ncode = "1"\n[technician]\nname = "乙"', ["第 4 行：写了技术员登录名，没有写技术员密码（technician.password）"]),
    "true is no angle": ('name = "甲"\ncode = "1"\n[screen]\nrotation = false', ["第 4 行：屏幕方向（screen.rotation）只能是 0、90、180、270"]),
    "printer elsewhere": ('name = "甲"\ncode = "1"\n[printer]\ndevice = "/dev/sda"', ["第 4 行：回执打印机（printer.device）应当是 /dev/usb/lp0 这样的名字；只接了一台就是 /dev/usb/lp0"]),
    "unknown edition": ('name = "甲"\ncode = "1"\nedition = "1999"', ["第 3 行：年度规则（edition）只能是 2023、2024"]),
    "nothing": ("# 全是说明\n", ["没有写站点名（name）", "没有写站点代码（code）"]),
}  # fmt: skip


@pytest.mark.parametrize("text, says", WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_said_with_its_line(text: str, says: list[str]) -> None:
    assert sorted(said(text)) == sorted(says)


def test_all_errors_are_told_at_once_in_the_order_of_the_lines() -> None:
    assert said('name = ""\ncode = "a b"\nlevel = "village"\n[x]\ny = 1') == [
        "第 1 行：站点名（name）是空的，或有看不见的字符",
        "第 2 行：站点代码（code）只能用字母和数字，不超过 20 位，不能全是 0",
        "第 3 行：级别（level）只能是 county、city、province",
        "第 5 行：没有 x.y 这一项",
    ]


@pytest.mark.parametrize(
    "line", ["password = “secret-one”", "password = secret-one", 'password = "secret', "password = 12345678"]
)
def test_no_message_repeats_the_password(line: str) -> None:
    assert "secret" not in "".join(said(f'name = "甲"\ncode = "1"\n[technician]\nname = "乙"\n{line}'))


@pytest.mark.parametrize("data", [b"\xff" * 40, b"\0" * 9, b"x" * 100_000], ids=["bytes", "zeros", "large"])
def test_what_is_no_text_is_told_so(data: bytes) -> None:
    assert len(said(data)) == 1


def test_the_sample_explains_every_field_and_is_good_once_it_is_switched_on(tmp_path) -> None:
    lines = [
        line.removeprefix("# ") if " = " in line or line.startswith("# [") else line
        for line in sample.TEXT.splitlines()
    ]
    text = "\n".join(lines)
    assert said(text) == []
    asked, _ = wanted(text.encode())
    assert asked and set(asked.settings) == {field.setting for field in FIELDS if field.setting}
    write_settings(tmp_path, asked.settings)
    assert read_settings((tmp_path / "station.toml").read_bytes()).gateway == "192.168.1.1"
