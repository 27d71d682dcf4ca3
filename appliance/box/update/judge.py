"""Whether this box may take an update: one row a reason. Pure: the box and the manifest in, the first refusal out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from appliance.box.update.manifest import PRODUCT, ROOT, Manifest, order
from appliance.box.update.slots import Box
from appliance.errors import UpdateRefused


@dataclass(frozen=True)
class Facts:
    """`schema`: catalog steps that were made here. `slot_bytes`: of the other slot. `boot_bytes`: free for its files."""

    schema: int
    slot_bytes: int
    boot_bytes: int


@dataclass(frozen=True)
class Reason:
    code: str
    bad: Callable[[Manifest, Box, Facts], bool]
    says: str
    remedy: str = "请用给这种机器的更新文件"


def _root(one: Manifest) -> int:
    return next(part.size for part in one.parts if part.name == ROOT)


REASONS = (
    Reason("PRODUCT", lambda one, box, _: one.product != PRODUCT, "这是别的产品的更新文件"),
    Reason("BOARD", lambda one, box, _: one.board != box.board, "这是给 {manifest.board} 的更新文件，这台是 {box.board}"),
    Reason(
        "DOWNGRADE", lambda one, box, _: order(one.version) < order(box.version),
        "更新文件是 {manifest.version}，比现在的 {box.version} 旧", "请用新的更新文件",
    ),
    Reason("SAME", lambda one, box, _: order(one.version) == order(box.version), "盒子已经是 {box.version} 了", "不用更新"),
    Reason(
        "FLOOR", lambda one, box, _: order(one.version) < order(box.floor),
        "更新文件是 {manifest.version}，这个盒子只能装 {box.floor} 以上的", "请用新的更新文件",
    ),
    Reason(
        "SCHEMA", lambda one, _, facts: not one.schema_from <= facts.schema <= one.schema_to,
        "更新文件读不了这个盒子现在的目录库", "请先装中间的一版，或联系提供更新的人",
    ),
    Reason("ROOM", lambda one, _, facts: _root(one) > facts.slot_bytes, "更新比槽位大，放不下", "请联系提供更新的人"),
    Reason(
        "ROOM", lambda one, _, facts: one.total - _root(one) > facts.boot_bytes,
        "启动分区放不下新的启动文件", "请联系提供更新的人",
    ),
)  # fmt: skip


def judge(manifest: Manifest, box: Box, facts: Facts) -> None:
    """Raises `UpdateRefused`."""
    for reason in REASONS:
        if reason.bad(manifest, box, facts):
            says = reason.says.format(manifest=manifest, box=box)
            raise UpdateRefused(says, code=reason.code, remedy=reason.remedy)
