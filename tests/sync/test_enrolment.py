import base64
import json
import re
import subprocess
from pathlib import Path

import pytest

from appliance.errors import BadBundle, NotAllowed
from appliance.station import Station
from sync import canonical, enrolment, keys, signers
from sync.public_keys import public_line
from tests.sync.conftest import Pair, command, make_station


def test_two_stations_enrol_by_files_and_read_the_same_digits(county: Station, city: Station, tmp_path: Path) -> None:
    ask, give = str(tmp_path / "ask.json"), str(tmp_path / "give.json")
    asked = json.loads(command("enrol", "request", "--out", ask, "--home", str(county.home), "--json").stdout)
    granted = json.loads(command("enrol", "grant", ask, "--out", give, "--home", str(city.home), "--json").stdout)
    done = command("enrol", "accept", give, "--home", str(county.home), "--json")
    accepted = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"(\d{4} ){5}\d{4}", asked["fingerprint"])
    assert granted["request_fingerprint"] == asked["fingerprint"]
    assert accepted["fingerprint"] == granted["fingerprint"]
    assert (granted["peer"], accepted["peer"]) == ("county-640502", "city-640500")


def test_private_keys_are_for_their_owner_only_and_made_once(county: Station) -> None:
    first = enrolment.request(county)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (county.home / "secret").glob("*[!b]")}
    assert {modes[name] for name in ("sign", "transport", "courier")} == {"0o600"}
    assert enrolment.request(county) == first


def test_the_certificate_is_for_one_county_for_ever_and_for_nothing_else(trusted: Pair) -> None:
    certificate = trusted.county.home / "trust/transport-cert-city-640500.pub"
    shown = subprocess.run(["ssh-keygen", "-L", "-f", str(certificate)], capture_output=True, text=True).stdout
    lines = [line.strip() for line in shown.splitlines()]
    assert "Valid: forever" in lines
    assert lines[lines.index("Principals:") + 1] == "county-640502"
    assert "Extensions: (none)" in lines


def test_stock_tools_read_the_list_of_signers(trusted: Pair) -> None:
    key = public_line(keys.ssh_key(trusted.county, "sign").public_key())
    line = f'county-640502 namespaces="lesson-bundle@v1" {key}\n'
    assert (trusted.city.home / "trust/signers").read_text() == line
    assert signers.read(trusted.city.home / "trust/signers").principals(key, "lesson-receipt@v1") == set()


def changed(data: bytes, **fields: str) -> bytes:
    envelope = json.loads(data)
    return canonical.pretty(envelope | {"document": envelope["document"] | fields})


def test_a_changed_request_is_refused(county: Station, city: Station) -> None:
    data = enrolment.request(county)
    for bad in (changed(data, principal="county-640503"), changed(data, courier="age1x"), b"{}", b"\xff", b"[" * 9999):
        with pytest.raises(BadBundle) as caught:
            enrolment.grant(city, city.catalog(), bad, "127.0.0.1", "root")
        assert caught.value.code == "ENROL"


def test_a_grant_for_another_box_is_refused(county: Station, city: Station, tmp_path: Path) -> None:
    twin = make_station(tmp_path / "twin", "county", "640502")
    granted = enrolment.grant(city, city.catalog(), enrolment.request(county), "127.0.0.1", "root")
    with pytest.raises(BadBundle):
        enrolment.accept(twin, twin.catalog(), granted)


def test_a_second_box_under_the_same_code_needs_a_person(trusted: Pair, tmp_path: Path) -> None:
    twin = make_station(tmp_path / "twin", "county", "640502")
    catalog, asked = trusted.city.catalog(), enrolment.request(twin)
    with pytest.raises(BadBundle) as caught:
        enrolment.grant(trusted.city, catalog, asked, "127.0.0.1", "root")
    assert caught.value.code == "ENROL-TAKEN"
    assert enrolment.accept(twin, twin.catalog(), enrolment.grant(trusted.city, catalog, asked, "::1", "root", True))


def test_a_county_grants_nobody(county: Station, city: Station) -> None:
    with pytest.raises(NotAllowed):
        enrolment.grant(county, county.catalog(), enrolment.request(city), "127.0.0.1", "root")


def test_the_certificate_is_of_the_transport_key_that_asked(trusted: Pair) -> None:
    line = (trusted.county.home / "trust/transport-cert-city-640500.pub").read_text()
    blob = base64.b64decode(line.split()[1])
    ours = base64.b64decode(public_line(keys.ssh_key(trusted.county, "transport").public_key()).split()[1])
    assert ours[-32:] in blob
