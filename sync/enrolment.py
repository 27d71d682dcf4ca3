"""登记: how two stations come to trust each other without a line between them.

1. The county makes a request: its public keys, signed by itself.
2. The city grants it: a certificate for principal `county-<code>`, and what the county must know of the city.
3. The county accepts the grant, which names the very request.
Six groups of four digits, read over the telephone, prove that neither file was swapped on its way.
Nothing expires: a box without a clock would lock itself out.
"""

from __future__ import annotations

import hashlib
from typing import Any

from appliance import journal
from appliance.catalog import Catalog, peers
from appliance.errors import BadBundle, NotAllowed
from appliance.station import Station
from sync import canonical, certificate, keys, sshsig, trust
from sync.public_keys import public_key, public_line
from sync.signers import PRINCIPAL

REQUEST, GRANT = "lessonbox-enrol-request", "lessonbox-enrol-grant"
LARGEST = 64 << 10


def principal_of(station: Station) -> str:
    return f"{station.settings.level}-{station.settings.code}"


def request(station: Station) -> bytes:
    """The request file; the same each time, as long as the keys are."""
    document: dict[str, Any] = {
        "format": REQUEST, "version": 1, "principal": principal_of(station), "name": station.settings.name,
        "sign": _public(station, "sign"), "transport": _public(station, "transport"),
        "courier": str(keys.courier(station).to_public()),
    }  # fmt: skip
    if PRINCIPAL.match(document["principal"]) is None:
        raise NotAllowed("站点代码只能用字母和数字，不超过 20 位", remedy="请改正 station.toml 的 code")
    return _sealed(station, document)


def grant(station: Station, catalog: Catalog, data: bytes, address: str, user: str, replace: bool = False) -> bytes:
    """The grant for a request. Raises `BadBundle` (ENROL, ENROL-TAKEN), `NotAllowed`."""
    asked = opened(data, REQUEST)
    _require_lower(station, asked["principal"])
    known = peers.by_code(catalog.db, asked["principal"])
    if known and known["document"].get("sign") != asked["sign"] and not replace:
        raise BadBundle(
            f"{asked['principal']} 已经用另一把密钥登记过", code="ENROL-TAKEN", effect="没有登记",
            remedy="请先打电话核对；确认换了机器再加 --replace",
        )  # fmt: skip
    document = {
        "format": GRANT, "version": 1, "request": fingerprint_hash(data), "principal": asked["principal"],
        "city": principal_of(station), "name": station.settings.name, "sign": _public(station, "sign"),
        "courier": str(keys.courier(station).to_public()), "host": _public(station, "host"),
        "certificate": certificate.issue(station, asked["principal"], asked["transport"]),
        "address": address, "port": station.settings.sshd_port, "user": user,
    }  # fmt: skip
    with catalog.writing() as db:
        peers.save(db, asked["principal"], asked["name"], peers.BELOW, asked)
        journal.append(db, "enrol.granted", f"peer/{asked['principal']}", {"fingerprint": fingerprint(data)})
    trust.write(station, catalog.db)
    return _sealed(station, document)


def accept(station: Station, catalog: Catalog, data: bytes) -> dict[str, Any]:
    """The grant's document, once accepted. Raises `BadBundle` when it answers another box's request."""
    document = opened(data, GRANT)
    if document["request"] != fingerprint_hash(request(station)) or document["principal"] != principal_of(station):
        raise BadBundle("这份准予登记不是发给本机的", code="ENROL", effect="没有登记", remedy="请用本机的申请重新办理")
    with catalog.writing() as db:
        peers.save(db, document["city"], document["name"], peers.ABOVE, document)
        journal.append(db, "enrol.accepted", f"peer/{document['city']}", {"fingerprint": fingerprint(data)})
    trust.write(station, catalog.db)
    return document


def fingerprint_hash(data: bytes) -> str:
    return hashlib.sha256(canonical.written(canonical.read(data)["document"])).hexdigest()


def fingerprint(data: bytes) -> str:
    """Six groups of four digits, about 80 bits: `0123 4567 …`."""
    digits = f"{int(fingerprint_hash(data), 16) % 10**24:024d}"
    return " ".join(digits[at : at + 4] for at in range(0, 24, 4))


def opened(data: bytes, kind: str) -> dict[str, Any]:
    """The document of a request or grant, its own maker's signature checked. Raises `BadBundle`."""
    try:
        if len(data) > LARGEST:
            raise ValueError("too large")
        envelope = canonical.read(data)
        document = envelope["document"]
        signed = sshsig.verify(envelope["signature"].encode(), canonical.written(document), sshsig.ENROL)
        wanted = _FIELDS[kind]
        texts = [document[name] for name in wanted]
        if document["format"] != kind or document["version"] != 1 or signed.key != document["sign"]:
            raise ValueError("another format or signer")
        if not all(isinstance(text, str) and len(text) < 4000 and "\n" not in text for text in texts):
            raise ValueError("bad field")
        if PRINCIPAL.match(document["principal"]) is None:
            raise ValueError("bad principal")
        for name in ("sign", "transport", "host"):
            if name in document:
                public_key(document[name])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadBundle(
            "登记文件读不懂或被改过", code="ENROL", effect="没有登记", remedy="请对方重新生成文件"
        ) from error
    return document


_FIELDS = {
    REQUEST: ("principal", "name", "sign", "transport", "courier"),
    GRANT: ("principal", "name", "sign", "courier", "host", "certificate", "request", "city", "address", "user"),
}
_RANK = {"county": 0, "city": 1, "province": 2}


def _require_lower(station: Station, principal: str) -> None:
    if _RANK[principal.split("-")[0]] >= _RANK[station.settings.level]:
        raise NotAllowed(f"{station.settings.level} 站点不能为 {principal} 办理登记", remedy="请到上一级站点办理")


def _public(station: Station, name: str) -> str:
    return public_line(keys.ssh_key(station, name).public_key())


def _sealed(station: Station, document: dict[str, Any]) -> bytes:
    signature = sshsig.sign(keys.ssh_key(station, "sign"), canonical.written(document), sshsig.ENROL)
    return canonical.pretty({"document": document, "signature": signature.decode()})
