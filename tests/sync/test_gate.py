"""Who is let in at the city's door, and what may be done there."""

import subprocess

import pytest

from appliance.catalog import peers
from sync import codes
from sync.transports import TRANSPORTS
from tests.sync.conftest import Pair, approved
from tests.sync.transfers import send


@pytest.mark.parametrize("wish", ["id", "rsync --server --sender -logDtpre.iLsfxC . ../county-640503/", "sftp", ""])
def test_a_certificate_runs_nothing_but_rsync_in_its_own_folder(pair: Pair, wish: str) -> None:
    catalog = pair.county.catalog()
    above = peers.above(catalog.db)
    assert above is not None
    line = TRANSPORTS["ssh-rsync"](pair.county, above["document"], None)
    done = subprocess.run([*line._ssh(), "127.0.0.1", wish], capture_output=True, text=True, timeout=20)
    assert done.returncode != 0 and "uid=" not in done.stdout


def test_a_key_without_the_city_s_certificate_is_refused(pair: Pair) -> None:
    approved(pair.county)
    certificate = pair.county.home / "trust/transport-cert-city-640500.pub"
    certificate.unlink()
    assert [row["reason"] for row in send(pair).waiting] == ["上级站点不认本机的证书，请重新登记"]


def test_another_host_key_at_the_city_s_address_is_refused(pair: Pair) -> None:
    approved(pair.county)
    pair.cut_line()
    for name in ("host", "host.pub"):
        (pair.city.home / "secret" / name).unlink()
    pair.open_line()
    assert [row["reason"] for row in send(pair).waiting] == ["对方不是登记过的上级站点，请核对线路和地址"]


def test_every_code_has_words() -> None:
    assert all(says for says in codes.SAYS.values()) and set(codes.SAYS) >= codes.MENDED_BY_SENDING_AGAIN
