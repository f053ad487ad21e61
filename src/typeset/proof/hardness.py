"""Where a slip needs more proof: in names of people and places, in coined words, in parallels.

Names may be anything, and a headline's coinage is no misprint: what an edit must gain there is more.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from typeset.lexicon.segment import Floats, Lattice

NAME_COST = 1.5
"""What it costs where a person's name may stand,"""
FOREIGN_COST = 5.0
"""where a foreign name is spelt out,"""
QUOTED_COST = 2.0
"""where a few characters stand in quotes, often coined,"""
PARALLEL_COST = 3.0
"""and between two that are the same."""
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田姜范姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟段雷钱汤尹黎易武乔贺赖龚庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申"
    "尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    "薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬"
)
_FOREIGN = re.compile(
    "[阿艾埃安奥巴贝比波勃布达德登迪蒂丁顿杜多厄恩尔法菲费夫弗福盖格古哈海赫胡吉加杰卡凯坎科克库拉莱兰朗劳勒雷里利丽连列林卢鲁路伦罗洛马玛"
    "麦曼梅蒙米密莫墨默姆穆纳内尼诺努帕佩皮普奇乔切热瑞萨赛桑瑟沙施什史斯丝苏索塔泰坦特提廷图托瓦万威韦维沃乌西希谢辛休雅亚扬耶伊约扎兹泽朱娅茨"
    "黎柯契]{4,}|[\u4e00-\u9fff]{1,7}·[\u4e00-\u9fff·]{1,9}"
)
_COINED = re.compile("“[^”\n]{1,5}”|「[^」\n]{1,5}」")
_SURNAME_CODES = np.array(sorted(map(ord, SURNAMES)), np.uint32)


def hardness(lattice: Lattice, text: str) -> Floats:
    """(n,) What a slip costs more at each place: in names, coined words and parallels."""
    hard: Floats = np.where(name_places(lattice), NAME_COST, 0.0)
    codes = lattice.codes
    if len(codes) > 2:  # 越办越好, 真学真懂
        hard[1:-1] += PARALLEL_COST * ((codes[:-2] == codes[2:]) & (codes[2:] >= 0x4E00))
    for pattern, cost in ((_FOREIGN, FOREIGN_COST), (_COINED, QUOTED_COST)):
        for match in pattern.finditer(text):
            hard[match.start() : match.end()] += cost
    return hard


def name_places(lattice: Lattice) -> npt.NDArray[np.bool_]:
    """(n,) True where a surname or the one or two characters after it stand alone between words."""
    alone = lattice.alone
    surname = alone & np.isin(lattice.chars, _SURNAME_CODES)
    surname[:-1] &= alone[1:]
    surname[-1:] = False
    is_name = surname.copy()
    is_name[1:] |= surname[:-1]
    is_name[2:] |= surname[:-2] & alone[2:]
    return is_name
