"""证书, one landscape page each, with the QR of its number and check letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from appliance.reports.paper import paper, qr


def certificates(made: Sequence[Mapping[str, Any]]) -> str:
    """`made`: as `selection.certificates.shown` gives them."""
    pages = [{**one, "qr": qr(f"LB-CERT {one['number']} {one['check']}")} for one in made]
    return paper("certificate", "证书", certificates=pages)
