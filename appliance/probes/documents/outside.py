"""What a document shows or runs that does not lie in it: a template on a network, linked pictures and objects.

Links that a reader clicks on are none of these. A template at a path of the author's own disk is none either: Word
writes it into every document made from one, and looks nowhere when it is not there.
"""

from __future__ import annotations

import re
import zipfile

from appliance.probes.documents.relations import Relation, relations

_MOST = 50
_FAR = re.compile(r"(?i)(?:https?|ftp):|(?:file:)?(?:/{2}|\\\\)(?![/\\])[^/\\]")
_OBJECTS = ("oleObject", "package", "subDocument", "frame", "externalLink", "control")
_DOCUMENT, _SETTINGS = "word/document.xml", "word/settings.xml"


def of_document(archive: zipfile.ZipFile, linked: list[str]) -> list[dict[str, str]]:
    """`linked`: relation ids of the pictures that have no copy in the file."""
    called = relations(archive, _DOCUMENT)
    pictures = [one for one in called if one.id in linked and one.outside]
    objects = [one for one in called if one.kind in _OBJECTS and one.outside]
    templates = [
        one for one in relations(archive, _SETTINGS)
        if one.kind == "attachedTemplate" and one.outside and _FAR.match(one.target)
    ]  # fmt: skip
    rows = [("template", one) for one in templates] + [("picture", one) for one in pictures]
    return [shown(what, one) for what, one in rows + [("object", one) for one in objects]][:_MOST]


def shown(what: str, one: Relation) -> dict[str, str]:
    return {"what": what, "target": re.split(r"[/\\]", one.target.rstrip("/\\"))[-1][:80]}
