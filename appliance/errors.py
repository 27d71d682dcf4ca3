"""What can go wrong with the box. What is wrong with a lesson is a `Finding`, never one of these.

Each class answers 出了什么事 / 影响什么 / 现在怎么办, has an exit code (`10–29` a person can mend it,
`30–49` the box cannot work) and says whether trying again can help.
"""

from __future__ import annotations


class BoxError(Exception):
    what = "盒子出了问题"
    effect = "当前操作没有完成，已收的资料不受影响"
    remedy = "请联系技术员"
    exit_code = 30
    retry = False

    def __init__(self, what: str = "", *, effect: str = "", remedy: str = "") -> None:
        self.what = what or self.what
        self.effect = effect or self.effect
        self.remedy = remedy or self.remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        return f"{self.what}。{self.effect}。{self.remedy}。"


class WrongUse(BoxError):
    """The command was called wrongly."""

    what, effect, remedy, exit_code = "命令用法不对", "什么也没有改动", "请核对写的内容再试", 2


class NeedsPerson(BoxError):
    what, exit_code = "需要人来处理", 10


class NotFound(NeedsPerson):
    what, effect, remedy, exit_code = "没有这一条", "什么也没有改动", "请核对编号", 11


class NotAllowed(NeedsPerson):
    """A decision that the state of the lesson, the role or the four-eyes rule forbids."""

    what, effect, remedy, exit_code = "现在不能这样做", "什么也没有改动", "请看提示的原因", 12


class BadBundle(NeedsPerson):
    """A bundle, receipt or enrolment file that cannot be trusted. `code` as in the verifier."""

    what, effect, remedy, exit_code = "报送包不可信", "没有入库", "请对方重新报送", 13

    def __init__(self, what: str = "", *, code: str = "BAD", **more: str) -> None:
        self.code = code
        super().__init__(what, **more)


class NotEnrolled(NeedsPerson):
    what, effect, remedy, exit_code = "还没有与上级站点建立信任", "暂时不能上报，资料留在本机", "请先完成登记", 14


class LineDown(NeedsPerson):
    what, effect, remedy, exit_code, retry = "线路不通", "还没有送出，资料留在本机", "有线路时会自动再送", 15, True


class SourceGone(NeedsPerson):
    """The stick was pulled or cannot be read."""

    what, effect, remedy, exit_code, retry = "U 盘读不到了", "没有读完的文件没有收", "请重新插入同一个 U 盘", 16, True


class StillChanging(NeedsPerson):
    what, effect, remedy, exit_code, retry = "文件还在变化", "这个文件还没有收", "写完后会自动再收", 17, True


class AlreadyRunning(NeedsPerson):
    """Another process of this station does the same thing now."""

    what, effect, remedy, exit_code, retry = "已经在运行", "什么也没有改动", "请先结束正在运行的，再试一次", 18, True


class SystemRefuses(NeedsPerson):
    """A file or folder that the system does not let us read or write."""

    what, effect, remedy, exit_code = "读写不了文件", "当前操作没有完成", "请核对位置和权限", 19


class UploadRefused(NeedsPerson):
    """A file that a browser sends and that cannot be taken so. `code` says which way (`web.tus.STATUS`)."""

    what, effect, remedy, exit_code = "这个文件没有收下", "已经传好的不受影响", "请按提示再试", 20

    def __init__(self, what: str = "", *, code: str = "NAME", **more: str) -> None:
        self.code = code
        super().__init__(what, **more)


class ListRefused(NeedsPerson):
    """A list of prints from another box that is not just as it should be."""

    what, effect, remedy, exit_code = "指纹名单不能用", "什么也没有导入", "请对方重新导出一份", 21


class PrinterRefuses(NeedsPerson):
    """`begun`: it had taken some bytes before, so paper may have come out."""

    what, effect, remedy, exit_code, retry = "打印机没有打", "资料不受影响", "请看打印机的纸和电源，再试一次", 22, True

    def __init__(self, what: str = "", *, begun: bool = False, **more: str) -> None:
        self.begun = begun
        super().__init__(what, **more)


class UpdateRefused(NeedsPerson):
    """An update file that this box does not take. `code` says which way (`appliance.box.update.judge`)."""

    what, effect, remedy, exit_code = "更新文件不能用", "没有换上新的，盒子照旧", "请重新拷一份更新文件再试", 23

    def __init__(self, what: str = "", *, code: str = "FORMAT", **more: str) -> None:
        self.code = code
        super().__init__(what, **more)


class SettingsWrong(BoxError):
    what, effect, remedy, exit_code = "设置文件有误", "盒子没有启动", "请按提示改正 station.toml", 31


class StorageFull(BoxError):
    what, effect, remedy, exit_code, retry = (
        "存储空间不足",
        "已收的资料不受影响",
        "请先完成上报，或联系技术员",
        32,
        True,
    )


class StorageLies(BoxError):
    """What was read back differs from what was written."""

    what, effect, remedy, exit_code = (
        "写入后读回的内容不一致，存储介质可能损坏",
        "这个文件没有收",
        "请停止使用并更换存储",
        33,
    )


class CatalogDamaged(BoxError):
    what, effect, remedy, exit_code = "目录库损坏", "盒子停止收件，已存的文件还在", "请用最近的备份恢复", 34


class JournalBroken(BoxError):
    what, effect, remedy, exit_code = "日志链断了", "日志可能被改过", "请保留现场并联系上级", 35


class NotAStation(BoxError):
    what, effect, remedy, exit_code = "这里不是一个站点", "什么也没有改动", "请先运行 lessonbox init", 36


class EditionWrong(BoxError):
    """The data of an edition cannot be read, or contradicts itself."""

    what, effect, remedy, exit_code = "年度规则有误", "没有检查任何课例", "请运行 lessonbox edition lint", 37


class CatalogNewer(BoxError):
    """A newer program changed the tables before this one was put back. `older_copy`: what was kept from before that."""

    what, effect, remedy, exit_code = (
        "目录库是新一版的程序改过的，现在这一版读不了",
        "盒子停止收件，什么也没有改动，已收的资料都在",
        "请再装一次新的一版",
        38,
    )

    def __init__(self, what: str = "", *, older_copy: str = "", **more: str) -> None:
        self.older_copy = older_copy
        kept = f"；装不上时请技术员用 backup/{older_copy} 恢复目录库" if older_copy else "；装不上时请联系技术员"
        super().__init__(what, **({"remedy": self.remedy + kept} | more))


class BackupDisk(NeedsPerson):
    """The disk, or what lies on it, is not as a backup needs it."""

    what, effect, remedy, exit_code, retry = "备份盘不能用", "没有备份成，以前的备份还在", "请换一块备份盘", 24, True
