"""Names written in two ways (姓名前后不一致): one character apart, in one article or byline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from typeset.lexicon.segment import Lattice
from typeset.model.bulletin import Bulletin
from typeset.proof.copy import Copy
from typeset.proof.look_alikes import SURNAMES
from typeset.proof.slips import Slip

_NAME = re.compile(f"(?=([{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{2}}))")

_GIVEN = frozenset(
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉梅红华建健国志治峰锋丰风晓小孝文雯斌彬宾波博伯辉晖惠慧卉林琳霖临海燕艳雁"
    "春雪学丹琴勤芹珍真振震荣蓉容云芸飞菲鹏朋宇雨羽浩昊皓洁捷婕莉力立利俐萍苹凤奉锋婷庭廷亭莹颖盈英倩茜欣新鑫馨心怡宜艺义毅益"
    "佳嘉家加凯恺楷俊峻军君钧均晨辰陈臣成诚城程东冬栋栋栋德得福富甫付贵桂光广河和荷恒衡宏洪虹鸿红宁凝兴星杏幸永勇咏泳友有佑悦月跃"
    "岳越泽则哲喆振镇正政郑智志芝之枝中忠钟仲祖竹柱珠朱子紫梓自宗岩炎妍燕彦延阳洋扬杨耀瑶遥业叶烨生胜声升盛胜圣世士仕仁人任瑞睿"
    "锐润若素苏松嵩颂天田甜庭挺桐彤童同万婉维伟威薇微炜纬卫为伍武午喜西希熙曦夏霞先贤仙贤娴祥翔湘香向群清青庆卿晴琪琦奇齐启其淇"
    "琼秋权全泉然冉柔如茹儒尚善绍少邵诗时石实书舒淑树曙帅爽顺思斯四龙隆泷璐露路鹭录陆禄伦仑罗洛满曼茂美梦孟苗妙民敏名铭鸣茗木沐穆"
)
"""Characters of given names, those that sound or look alike among them."""


def name_slips(bulletin: Bulletin, copy: Copy, lattice: Lattice) -> Iterator[Slip]:
    """A rarer spelling beside a commoner one that stands twice or in a byline."""
    path = lattice.path()
    starts = {start for start, _ in path} | {len(copy.text)}
    words = {start for start, end in path if end - start >= 3}
    by_article: dict[int, list[tuple[int, str]]] = {}
    for match in _NAME.finditer(copy.text):
        at = match.start()
        if at in starts and at + 3 in starts and at not in words:
            by_article.setdefault(copy.passage_at(at).article, []).append((at, match[1]))
    for number, names in by_article.items():
        signed = Counter({name: 2 for name in bulletin.articles[number].byline if len(name) == 3})
        yield from _twins(names, signed)


def _twins(names: list[tuple[int, str]], signed: Counter[str]) -> Iterator[Slip]:
    count = Counter(name for _, name in names) + signed
    followers = Counter(name[:2] for name in count)
    for at, name in names:
        if count[name] != 1 or followers[name[:2]] > 2:
            continue
        for other, often in count.items():
            differing = [k for k in range(3) if other[k] != name[k]]
            if often < 2 or len(differing) != 1 or differing[0] == 0:
                continue
            if {other[differing[0]], name[differing[0]]} <= _GIVEN:
                place = at + differing[0]
                yield Slip(place, place + 1, other[differing[0]], "name", 0.6)
                break
