"""The bytes reach whatever stands for a printer; what refuses is said in the clerk's words, within the time."""

from __future__ import annotations

import os
import pty
import socket
import threading
import time
import tty
from pathlib import Path

import pytest

from appliance.errors import PrinterRefuses
from appliance.printing import device

SLIP = [bytes(range(256)) * 64] * 8  # 128 KB


def test_a_file_takes_everything_and_is_never_made_new(tmp_path):
    printer = tmp_path / "lp0"
    printer.touch()
    assert device.send(printer, SLIP) == 131072
    assert printer.read_bytes() == b"".join(SLIP)
    with pytest.raises(PrinterRefuses) as refused:
        device.send(tmp_path / "lp1", SLIP)
    assert (refused.value.what, refused.value.begun) == ("没有找到打印机", False)
    assert not (tmp_path / "lp1").exists()


def test_a_serial_printer_takes_everything_at_its_own_pace():
    master, slave = pty.openpty()
    tty.setraw(slave)
    taken = bytearray()

    def read() -> None:
        while len(taken) < 131072:
            taken.extend(os.read(master, 4096))
            time.sleep(0.001)

    reader = threading.Thread(target=read)
    reader.start()
    assert device.send(Path(os.ttyname(slave)), SLIP) == 131072
    reader.join(10)
    assert bytes(taken) == b"".join(SLIP)


def test_a_socket_takes_everything(tmp_path):
    path, taken = tmp_path / "printer.sock", bytearray()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(1)

    def read() -> None:
        channel, _ = listener.accept()
        while piece := channel.recv(65536):
            taken.extend(piece)

    reader = threading.Thread(target=read)
    reader.start()
    assert device.send(path, SLIP) == 131072
    reader.join(10)
    listener.close()
    assert bytes(taken) == b"".join(SLIP)
    with pytest.raises(PrinterRefuses) as refused:
        device.send(path, SLIP)
    assert refused.value.what == "打印机没有接通"


def test_a_printer_that_takes_nothing_more_is_given_up_after_the_time_and_had_begun(tmp_path):
    """Without paper most printers stop taking bytes: here a pipe that nobody empties."""
    path = tmp_path / "lp0"
    os.mkfifo(path)
    end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    began = time.monotonic()
    with pytest.raises(PrinterRefuses) as refused:
        device.send(path, SLIP, patience=0.3)
    assert (refused.value.what, refused.value.begun) == ("打印机没有回应", True)
    assert 0.3 <= time.monotonic() - began < 3
    os.close(end)


def test_a_printer_that_is_pulled_amid_the_slip_is_said(tmp_path):
    path = tmp_path / "lp0"
    os.mkfifo(path)
    end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def pieces():
        yield SLIP[0]
        os.close(end)
        yield SLIP[1]

    with pytest.raises(PrinterRefuses) as refused:
        device.send(path, pieces())
    assert refused.value.what in ("打印机的线断了", "打印机出错，可能没有纸或盖子没有盖好")
    assert refused.value.begun


def test_a_device_without_room_says_that_there_is_no_paper():
    """usblp answers ENOSPC when the paper is out; /dev/full always does."""
    with pytest.raises(PrinterRefuses) as refused:
        device.send(Path("/dev/full"), SLIP)
    assert (refused.value.what, refused.value.begun) == ("打印机没有纸了", False)
