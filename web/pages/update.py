"""更新: update files on the sticks that are plugged in; what each is and whether this box takes it. A technician confirms
one; writing it is done by another part, and told here as it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance import journal
from appliance.box.update import parcel, signing, slots, state
from appliance.box.update.judge import Facts, judge
from appliance.box.update.manifest import Manifest
from appliance.errors import BoxError, NotFound
from appliance.intake.drops import usb
from web import auth, box
from web.pages import BY_NAME

page = Blueprint("update", __name__)
_UNKNOWN = 1 << 62  # room is looked at by the part that writes; pages reach no device


@dataclass(frozen=True)
class Offer:
    """A file on a stick. `refusal`: why this box does not take it."""

    stick: str
    path: Path
    manifest: Manifest | None = None
    digest: str = ""
    refusal: BoxError | None = None


@page.get("/update")
def show() -> str:
    return render_template(BY_NAME["update"].template, **_now())


@page.get("/update/live")
def live() -> str:
    return render_template("update/now.html", **_now())


@page.post("/update")
def confirm() -> Response:
    digest = request.form.get("digest", "")
    offer = next((one for one in offers() if one.digest == digest and not one.refusal), None)
    if offer is None or offer.manifest is None:
        raise NotFound("刚才的更新文件不在了", effect="没有更新，盒子照旧", remedy="请插好 U 盘，再看一遍")
    who = auth.user().name
    with box.catalog().writing() as db:
        journal.append(db, "update.asked", "box", {"now": offer.manifest.version}, actor=who)
    state.ask(box.station().home, state.Asked(str(offer.path), digest, offer.manifest.version, who))
    return make_response(redirect(url_for("update.show"), 303))


def _now() -> dict[str, object]:
    home = box.station().home
    try:
        here, refusal = slots.this_box(state.floor(home)), None
    except BoxError as error:
        here, refusal = None, error
    return {"here": here, "refusal": refusal, "state": state.get(home), "offers": list(offers()) if here else []}


def offers() -> Iterator[Offer]:
    """Only the frame and the signature are read here; a gigabyte is hashed when it is written."""
    for drop in usb.find(box.station()):
        for path in sorted(drop.path.glob(f"*{parcel.SUFFIX}")) if not drop.trouble and drop.path.is_dir() else []:
            yield _offer(drop.name, path)


def _offer(stick: str, path: Path) -> Offer:
    try:
        here = slots.this_box(state.floor(box.station().home))
        with parcel.opened(path, signing.trusted()) as update:
            judge(update.manifest, here, Facts(box.catalog().steps(), _UNKNOWN, _UNKNOWN))
            return Offer(stick, path, update.manifest, update.digest)
    except BoxError as error:
        return Offer(stick, path, refusal=error)
