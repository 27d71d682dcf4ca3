import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync import sshsig
from sync.public_keys import public_line

MESSAGE = "清单\n".encode()


def test_ssh_keygen_verifies_what_the_box_signs(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    (tmp_path / "signers").write_text(f"county-640502 {public_line(key.public_key())}\n")
    (tmp_path / "sig").write_bytes(sshsig.sign(key, MESSAGE, sshsig.BUNDLE))
    words = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "county-640502", "-n", sshsig.BUNDLE, "-s", "sig"]
    assert subprocess.run(words, input=MESSAGE, cwd=tmp_path, capture_output=True).returncode == 0
    assert subprocess.run(words, input=MESSAGE + b"x", cwd=tmp_path, capture_output=True).returncode != 0


@pytest.mark.parametrize("options", [[], ["-O", "hashalg=sha256"]])
def test_the_box_verifies_what_ssh_keygen_signs(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "m").write_bytes(MESSAGE)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "k"], cwd=tmp_path, check=True)
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-f", "k", "-n", sshsig.BUNDLE, *options, "m"]
    subprocess.run(sign, cwd=tmp_path, check=True, capture_output=True)
    public = " ".join((tmp_path / "k.pub").read_text().split()[:2])
    assert sshsig.verify((tmp_path / "m.sig").read_bytes(), MESSAGE, sshsig.BUNDLE).key == public


def test_a_signature_under_a_bundle_is_none_under_a_receipt() -> None:
    signature = sshsig.sign(Ed25519PrivateKey.generate(), MESSAGE, sshsig.BUNDLE)
    with pytest.raises(sshsig.BadSignature):
        sshsig.verify(signature, MESSAGE, sshsig.RECEIPT)


def test_the_same_message_gives_the_same_signature() -> None:
    key = Ed25519PrivateKey.generate()
    assert sshsig.sign(key, MESSAGE, sshsig.BUNDLE) == sshsig.sign(key, MESSAGE, sshsig.BUNDLE)


@given(at=st.integers(0, 300), bit=st.integers(0, 7))
def test_a_changed_signature_is_refused_and_nothing_else_is_raised(at: int, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signature = bytearray(sshsig.sign(key, MESSAGE, sshsig.BUNDLE))
    before = bytes(signature)
    signature[at % len(signature)] ^= 1 << bit
    try:
        assert sshsig.verify(bytes(signature), MESSAGE, sshsig.BUNDLE).key == public_line(key.public_key())
        assert bytes(signature).split() == before.split()  # only white space was changed
    except sshsig.BadSignature:
        pass


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_as_a_signature(data: bytes) -> None:
    with pytest.raises(sshsig.BadSignature):
        sshsig.verify(data, MESSAGE, sshsig.BUNDLE)
