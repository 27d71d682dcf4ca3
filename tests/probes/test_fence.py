"""A child that is killed, crashes, waits or eats memory leaves an undetermined answer, and the box goes on."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.probes import parent, probe, tools
from appliance.probes.fence import MOST_ANSWER, Bounds
from appliance.probes.plan import BY_NAME, LOOKS

ROOT = Path(parent.__file__).parents[2]


def fenced(code: str, memory: int = 256 << 20, cpu: int = 2) -> subprocess.CompletedProcess[bytes]:
    """`code` behind the fence, in a process of its own."""
    setup = f"from appliance.probes.fence import Bounds, put_up\nfence = put_up(Bounds({memory}, {cpu}, 5))\n"
    return subprocess.run(
        [sys.executable, "-c", setup + textwrap.dedent(code)], capture_output=True, cwd=ROOT, timeout=60, check=False
    )


def test_the_fence_leaves_no_network_and_no_way_to_new_rights() -> None:
    code = "import json, os; print(json.dumps([fence, sorted(os.listdir('/sys/class/net'))]))"
    fence = json.loads(fenced(code).stdout)[0]
    reached = fenced("import socket; socket.create_connection(('192.0.2.1', 9), 2)").stderr
    assert (fence["network"], fence["no_new_privileges"], b"Network is unreachable" in reached) == ("none", True, True)


@pytest.mark.fault("F14")
def test_memory_and_time_end_at_their_limits() -> None:
    assert b"MemoryError" in fenced("bytearray(1 << 30)").stderr
    assert fenced("while True: pass", cpu=1).returncode == -9


def test_an_answer_cannot_fill_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "answer"
    fenced(f"out = open({str(path)!r}, 'wb')\nfor _ in range(64): out.write(bytes(1 << 20))")
    assert path.stat().st_size <= MOST_ANSWER


@pytest.mark.parametrize(
    ("crash", "said"),
    [
        ("import os; os.kill(os.getpid(), 11)", "检查程序读这个文件时崩溃（信号 11）"),
        ("import os; os.kill(os.getpid(), 9)", "检查用的时间或内存超出限度，已经停下"),
        ("raise SystemExit(1)", "检查程序没能读懂这个文件"),
        ("print('x')", "检查程序没有给出结果"),
        ("import time; time.sleep(60)", "检查用时太长，已经停下"),
    ],
)
@pytest.mark.fault("F14")
def test_whatever_happens_to_the_child_is_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash: str, said: str
) -> None:
    """The interpreter is replaced by one that crashes: what a parser does to its process, seen from outside."""
    python = tmp_path / "python"
    python.write_text(f"#!{sys.executable}\n{crash}\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setitem(BY_NAME, "image", replace(BY_NAME["image"], bounds=Bounds(1 << 29, 1, 1)))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert probe(tmp_path / "a.png")["undetermined"] == said


def test_every_look_is_a_module_of_its_own_and_every_tool_has_a_version() -> None:
    modules = [one.module for one in LOOKS]
    assert (len(BY_NAME), len(set(modules))) == (len(LOOKS), len(LOOKS))
    assert [module for module in modules if not callable(importlib.import_module(module).look)] == []
    assert [name for name, version in tools().items() if version in ("missing", "unknown", "")] == []
