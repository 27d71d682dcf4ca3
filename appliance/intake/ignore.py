"""忽略清单: what lies on sticks and shares and is no lesson. It is listed with its reason, never run, never
read, never stored. Hidden folders are read all the same: worms hide the real ones."""

from __future__ import annotations

_NAMES = {
    "thumbs.db": "系统缩略图",
    "ehthumbs.db": "系统缩略图",
    "desktop.ini": "系统设置文件",
    ".ds_store": "系统设置文件",
    "autorun.inf": "自动运行文件，可能是病毒",
    "indexervolumeguid": "系统索引",
    "wpsettings.dat": "系统设置文件",
}
_FOLDERS = {
    "$recycle.bin": "回收站",
    "recycler": "回收站",
    ".trashes": "回收站",
    "system volume information": "系统文件夹",
    "lost+found": "系统文件夹",
    ".spotlight-v100": "系统文件夹",
    ".fseventsd": "系统文件夹",
    "__macosx": "系统文件夹",
}
_PREFIXES = {"._": "苹果系统的附属文件", "~$": "文档打开时的临时文件", "课例检查通知单-": "盒子写的通知单，不是材料"}
_RUNS = "可执行文件，不收也不运行"
_SUFFIXES = {
    ".lnk": "快捷方式，不是文件本身",
    ".lessonbox-update": "盒子的更新文件，在 更新 页里用",
    **dict.fromkeys(
        (".exe", ".scr", ".com", ".pif", ".msi", ".vbs", ".vbe", ".js", ".wsf", ".bat", ".cmd", ".ps1"), _RUNS
    ),
    **dict.fromkeys((".tmp", ".part", ".partial", ".crdownload", ".!ut"), "没有传完的临时文件"),
}


def reason(path: str, size: int) -> str:
    """Why this file (path below the parcel, `/`-separated) is left out; "" when it is taken."""
    *folders, name = path.lower().split("/")
    for folder in folders:
        if folder in _FOLDERS:
            return f"在“{folder}”里：{_FOLDERS[folder]}"
    if name in _NAMES:
        return _NAMES[name]
    for prefix, why in _PREFIXES.items():
        if name.startswith(prefix):
            return why
    if runs := _SUFFIXES.get(name[name.rfind(".") :]):
        return runs
    return "空文件（0 字节）" if size == 0 else ""


def table() -> dict[str, dict[str, str]]:
    """The list itself, for the packer that the schools use: each word with its reason."""
    return {"names": dict(_NAMES), "folders": dict(_FOLDERS), "prefixes": dict(_PREFIXES), "suffixes": dict(_SUFFIXES)}
