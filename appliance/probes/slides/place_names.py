"""Names that stand on maps of China and of the world as schools use them."""

from __future__ import annotations

import re

_PROVINCES = """北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川
贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾"""
_CITIES = """石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 武汉 长沙 广州 南宁 海口 成都 贵阳 昆明 拉萨 西安
兰州 西宁 银川 乌鲁木齐 台北 长安 洛阳 开封 敦煌"""
_LAND = """长江 黄河 珠江 淮河 渤海 黄海 东海 南海 钓鱼岛 青藏高原 内蒙古高原 黄土高原 云贵高原 四川盆地 塔里木盆地 准噶尔盆地 柴达木盆地
东北平原 华北平原 秦岭 昆仑山 天山 太行山 喜马拉雅山 洞庭湖 鄱阳湖 青海湖 太湖"""
_WORLD = """亚洲 欧洲 非洲 北美洲 南美洲 大洋洲 南极洲 太平洋 大西洋 印度洋 北冰洋 赤道 北回归线 南回归线 中国 日本 朝鲜 韩国 蒙古 俄罗斯
印度 尼泊尔 缅甸 老挝 越南 泰国 菲律宾 马来西亚 印度尼西亚 哈萨克斯坦 巴基斯坦 阿富汗 伊朗 土耳其 美国 加拿大 墨西哥 巴西 阿根廷 澳大利亚 新西兰
英国 法国 德国 意大利 西班牙 埃及 南非 莫斯科 伦敦 巴黎 东京 纽约"""
_AFTER = "(?:省|市|自治区|特别行政区|壮族自治区|回族自治区|维吾尔自治区|海|山|山脉)?"

_LONGEST_FIRST = sorted(" ".join((_PROVINCES, _CITIES, _LAND, _WORLD)).split(), key=len, reverse=True)
_NAME = re.compile(f"({'|'.join(_LONGEST_FIRST)}){_AFTER}")
_NOTHING = re.compile(r"[\W_]+")  # spaces, and the dots of towns
_KEY = re.compile(r"图例|比例尺|1[:：]\d[\d ]{3,}")


def names_of(line: str) -> list[str]:
    """The places that this line names, when it says nothing else."""
    solid = _NOTHING.sub("", line)
    names = _NAME.findall(solid)
    return names if not _NAME.sub("", solid) else []


def is_key(line: str) -> bool:
    """What explains a map: 图例, 比例尺."""
    return bool(_KEY.search(line))
