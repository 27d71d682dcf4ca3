"""What the person in front of the box sees: cage and Chromium of the built root, by the unit's own words. `make test-kiosk`"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.image import container, kiosk, made, office, seen
from tests.image.machine import until

pytestmark = [
    pytest.mark.slow, pytest.mark.image, pytest.mark.root,
    pytest.mark.skipif(bool(kiosk.cannot()), reason=kiosk.cannot() or "-"),
]  # fmt: skip
PICTURES = made.OUT / "pictures"
IDLE = ("等待插入", "待人工", "待审批", "退回补正", "碰一下屏幕继续")
PATIENCE = 120


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[container.Container]:
    with container.started(tmp_path_factory.mktemp("kiosk"), office.SETTINGS) as started:
        until(lambda: started.get("/health").startswith("{"), 300, "no pages")
        kiosk.begin(started)
        yield started


def shown(box: container.Container, name: str, *lines: str) -> Path:
    """The picture, once all these words are on it; kept in build/image/pictures for a person to look at."""
    PICTURES.mkdir(exist_ok=True)
    path, read = PICTURES / f"{name}.png", ""

    def there() -> bool:
        nonlocal read
        if kiosk.picture(box, path):
            read = seen.words(path)
        return bool(read) and all(line in read for line in lines)

    try:
        until(there, PATIENCE, "")
    except AssertionError:
        pytest.fail(
            f"{lines} not on the screen, which says {read!r}: {path}\n{box.inside('systemctl', 'status', kiosk.UNIT)}"
        )
    return path


def test_the_screen_shows_the_idle_page_and_the_page_fills_it(box: container.Container) -> None:
    picture = shown(box, "kiosk-idle", *IDLE)
    assert seen.fills_the_screen(picture)
    width, height = seen.size(picture)
    assert width > height


def test_the_browser_is_an_ordinary_user_in_the_session_that_its_limits_hold(box: container.Container) -> None:
    rows = box.inside("ps", "-o", "user:32=,cgroup=", "-C", "chromium").splitlines()
    assert rows
    assert {row.split()[0] for row in rows} == {"lessonbox-kiosk"}
    assert all("user-979.slice" in row for row in rows)
    held = box.inside("systemctl", "show", "-p", "IPAddressDeny", "-p", "MemoryMax", "user-979.slice")
    assert "0.0.0.0/0" in held and "infinity" not in held


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_screen_that_stands_upright_is_written_upright(degrees: int, box: container.Container) -> None:
    kiosk.turn(box, degrees)
    picture = shown(box, f"kiosk-{degrees}", *IDLE)
    width, height = seen.size(picture)
    assert height > width
    assert seen.fills_the_screen(picture)


def test_a_screen_that_ends_comes_back_by_itself(box: container.Container) -> None:
    kiosk.turn(box, 0)
    shown(box, "kiosk-before", *IDLE)
    box.inside("systemctl", "kill", "--signal=KILL", kiosk.UNIT)
    picture = shown(box, "kiosk-again", *IDLE)
    assert seen.fills_the_screen(picture)


def test_a_box_without_settings_asks_for_its_name_and_shows_its_code_on_its_own_screen_only(tmp_path: Path) -> None:
    with container.started(tmp_path / "bare", "") as bare:
        until(lambda: bare.get("/health").startswith("{"), 300, "no pages")
        kiosk.begin(bare)
        picture = shown(bare, "kiosk-setup", "首次设置", "设置码")
        assert seen.fills_the_screen(picture)
