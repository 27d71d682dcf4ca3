"""What can be wrong with a bundle: each code, and what a clerk reads about it."""

from __future__ import annotations

SAYS = {
    "NO-SIGNATURE": "没有签名文件，报送包还没有送完，或不是盒子做的",
    "BAD-SIGNATURE": "签名与内容不符，内容被改过或损坏",
    "UNKNOWN-SIGNER": "签名人不在可信名单里",
    "WRONG-STATION": "签名人与包里写的站点不是同一个",
    "WRONG-PLACE": "文件夹名与包里写的课例编号、版本不符",
    "REVOKED": "该站点的密钥已从这个序号起作废",
    "MANIFEST": "清单格式不对",
    "TAG-FILES": "标签文件不齐或多出",
    "TAG-CHANGED": "标签文件与清单不符",
    "BAGIT": "bagit.txt 不是 BagIt 1.0",
    "BAG-INFO": "bag-info.txt 不对",
    "JSON": "JSON 内容不合格式",
    "JSON-KEY": "JSON 里有重复的键",
    "NAME-PATH": "路径越界或层次过深",
    "NAME-ENCODING": "文件名不是 UTF-8",
    "NAME-CHAR": "文件名里有不允许的字符",
    "NAME-END": "文件名以点或空格结尾，或是系统保留名",
    "NAME-NFC": "文件名不是 NFC 规范形式",
    "NAME-LONG": "文件名过长",
    "NAME-CASE": "有两个文件名只差大小写",
    "LINK": "包里有链接",
    "HARDLINK": "包里的文件另有硬链接",
    "SPECIAL": "包里有既非文件也非文件夹的东西",
    "FETCH": "包里有 fetch.txt，内容不在包内",
    "ALGORITHM": "有 SHA-256 以外的清单",
    "TOO-MANY": "文件太多",
    "TOO-LARGE": "文件太大",
    "DUPLICATE": "清单里同一个文件写了两次",
    "EXTRA": "清单里没有这个文件",
    "MISSING": "缺少清单里的文件",
    "SIZE": "文件大小与登记的不符",
    "CHANGED": "文件内容与清单不符",
    "READ": "文件读不出来",
    "OLD-EPOCH": "来自已经作废的序列，可能是恢复了旧备份",
    "FORK": "同一序号有两个不同的包，可能是克隆盘或恢复了旧备份，需要人来判断",
    "RECEIPT-FORK": "回执的序号与已有的对不上，上级可能恢复了旧备份或有克隆盘，需要人来判断",
    "JUMP": "序号一次跳过一千以上，需要人来判断",
    "SIGNERS": "可信签名人名单读不出来",
    "ENROL": "登记文件不对",
    "ENROL-TAKEN": "这个站点代码已经用另一把密钥登记过",
}

# What a transfer can break and the same transfer can mend: the bytes are sent again.
MENDED_BY_SENDING_AGAIN = frozenset({"MISSING", "SIZE", "CHANGED", "TAG-FILES", "TAG-CHANGED", "READ"})
