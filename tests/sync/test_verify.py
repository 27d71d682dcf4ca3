"""H16: our own bundle attacked."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.station import Station
from sync import sshsig
from sync.signers import Signer, Signers
from sync.verify import verify
from tests.sync.attacks import ATTACKS, VIDEO, evil_neighbour, flip_video, reseal, signers_of
from tests.sync.conftest import command


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.fault("H16")
def test_an_attacked_bundle_is_refused_with_the_code(name: str, county: Station, sealed: Path) -> None:
    attack, resealed, code = ATTACKS[name]
    assert verify(sealed, signers_of(county)).code == "OK"
    attack(sealed)
    if resealed:
        reseal(sealed, county)
    found = verify(sealed, signers_of(county))
    assert (found.ok, found.code) == (False, code)


@pytest.mark.fault("H16")
def test_bagit_python_accepts_the_escaping_path_that_we_refuse(county: Station, sealed: Path) -> None:
    evil_neighbour(sealed)
    reseal(sealed, county)
    stock = subprocess.run([sys.executable, "-m", "bagit", "--validate", str(sealed)], capture_output=True)
    assert (stock.returncode, verify(sealed, signers_of(county)).code) == (0, "NAME-PATH")


@pytest.mark.fault("H16")
def test_a_bundle_of_an_unknown_signer_is_refused(county: Station, city: Station, sealed: Path) -> None:
    assert verify(sealed, signers_of(city)).code == "UNKNOWN-SIGNER"


@pytest.mark.fault("H16")
def test_one_county_cannot_sign_for_another(county: Station, sealed: Path) -> None:
    row = signers_of(county).rows[0]
    other = Signers((Signer("county-640503", row.namespaces, row.key),))
    assert verify(sealed, other).code == "WRONG-STATION"
    assert verify(sealed, signers_of(county), "county-640503").code == "WRONG-STATION"


def test_a_key_for_receipts_does_not_sign_bundles(county: Station, sealed: Path) -> None:
    row = signers_of(county).rows[0]
    assert verify(sealed, Signers((Signer(row.principal, (sshsig.RECEIPT,), row.key),))).code == "UNKNOWN-SIGNER"


@pytest.mark.parametrize("clock", ["@1970-01-02 00:00:00", "@2038-01-20 00:00:00"])
@pytest.mark.fault("F8")
def test_a_good_bundle_is_accepted_whatever_the_clock_says(county: Station, sealed: Path, clock: str) -> None:
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        pytest.skip("libfaketime is not installed")
    signers = sealed.parents[1] / "signers"
    signers.write_text(signers_of(county).rows[0].line() + "\n")
    env = os.environ | {"LD_PRELOAD": str(library), "FAKETIME": clock}
    words = [sys.executable, "-m", "appliance.cli", "verify", str(sealed), "--signers", str(signers), "--json"]
    done = subprocess.run(words, env=env, capture_output=True, text=True)
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (0, True)


def test_verify_needs_no_home_and_answers_in_the_documented_words(
    county: Station, sealed: Path, tmp_path: Path
) -> None:
    (tmp_path / "signers").write_text(signers_of(county).rows[0].line() + "\n")
    words = ["verify", str(sealed), "--signers", str(tmp_path / "signers"), "--home", str(tmp_path / "none"), "--json"]
    good = command(*words)
    assert good.returncode == 0, good.stderr
    assert json.loads(good.stdout) == {
        "ok": True, "code": "OK", "station": "640502", "seq": 1, "lesson": "640502-00001", "version": 1, "problems": [],
    }  # fmt: skip
    flip_video(sealed)
    bad = command(*words)
    assert bad.returncode == 13
    assert json.loads(bad.stdout)["problems"] == [{"code": "CHANGED", "path": VIDEO, "says": "文件内容与清单不符"}]
    assert command(*words[:2], "--home", str(tmp_path / "none")).returncode == 11


def test_a_copy_elsewhere_verifies_as_well(county: Station, sealed: Path, tmp_path: Path) -> None:
    shutil.copytree(sealed, tmp_path / "stick/v1")
    assert verify(tmp_path / "stick/v1", signers_of(county)).ok
