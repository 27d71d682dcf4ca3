"""Places where the power may fail. Crash tests kill the process at each; otherwise they cost a comparison.

`LESSONBOX_FAILPOINT=stage.copied` kills at the first passage, `stage.copied:3` at the third.
"""

from __future__ import annotations

import os
import signal

FAILPOINTS = (
    "store.written", "store.synced", "store.renamed", "store.folder-synced", "store.read-back",
    "intake.before-commit", "intake.committed", "intake.noted", "unpack.before-commit", "unpack.committed",
    "identify.before-commit", "identify.committed", "answer.before-commit", "answer.committed",
    "look.saved", "check.before-commit", "check.committed",
    "upload.written", "upload.synced", "upload.committed", "upload.handed", "upload.laid",
    "decide.before-commit", "decide.committed", "journal.appended", "certificates.before-commit", "screening.before-commit", "proposal.before-commit",
    "paper.before-commit", "paper.committed", "scan.before-commit", "scan.committed",
    "bundle.payload", "bundle.manifests", "bundle.signed", "bundle.renamed", "bundle.committed",
    "send.before", "send.documents", "send.videos", "send.signature", "send.committed",
    "receive.verified", "receive.copied", "receive.renamed", "receive.committed",
    "update.entry-removed", "update.writing", "update.slot-written", "update.boot-files", "update.floor",
    "update.entry-written",
    "first.station", "first.marked", "first.settings", "first.technician", "first.copied", "first.wiped",
    "backup.pieces-synced", "backup.pieces-read-back", "backup.pieces-named", "backup.before-snapshot",
    "backup.snapshot-written", "backup.expired", "backup.swept",
    "bring-back.file", "bring-back.catalog",
    "upgrade.before-commit",
    "receipt.written", "receipt.signed", "receipt.fetched", "receipt.committed",
    "print.taken", "print.committed",
)  # fmt: skip

_target, _, _count = os.environ.get("LESSONBOX_FAILPOINT", "").partition(":")
_left = int(_count or 1)


def reached(name: str) -> None:
    global _left
    if name != _target:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
