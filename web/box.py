"""The station and its catalog, as pages reach them. A catalog is opened once a request, in its thread."""

from __future__ import annotations

from flask import current_app, g
from sqlite_utils import Database

from appliance import damage
from appliance.catalog import Catalog
from appliance.rules.edition import Edition
from appliance.station import Station


def station() -> Station:
    found: Station = current_app.extensions["station"]
    return found


def catalog() -> Catalog:
    if "catalog" not in g:
        damage.check_note(station())
        g.catalog = station().catalog()
    opened: Catalog = g.catalog
    return opened


def db() -> Database:
    return catalog().db


def edition() -> Edition:
    return station().edition()
