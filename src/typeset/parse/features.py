"""What can be seen of a line (特征): named features that the weights then judge.

In: the lines and the bulletin's manner. Out: for each line a `View`, its feature names among them.
Long sentences, the bulk of any bulletin, take a short way.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from typeset.parse import furniture
from typeset.parse.bylines import AUTHOR_UNIT, Credit, read_byline, read_meta, read_source, unbracket
from typeset.parse.lines import Line, em_width
from typeset.parse.manner import FINAL, Manner, fills, full_width
from typeset.parse.names import is_unit

BRIEF_HEADS = re.compile(
    "简讯|短讯|简报|快讯|短波|要闻|动态|集锦|简明新闻|一句话|速览|速递|掠影|点击|花絮|博览|信息窗|資訊|簡訊|短訊|消息"
)
DATELINE = re.compile(
    r"[【\[]?本[报刊台网社校院市县区報]\s?[讯訊]|本[报刊台網报報][^，。；]{0,16}?[讯电訊電](?=[\s　（(：:】])"
    r"|[据據]?(?:新华社|人民网|中新社|中新网|新华网|新華社)[^，。；]{0,16}?[电讯電訊](?=[\s　（(：:])"
)
NUMBERED = (
    ("alone", re.compile(r"(?:0\d|[一二三四五六七八九十]{1,2}|[ⅠⅡⅢⅣⅤⅥ]|[Pp][Aa][Rr][Tt]\s?\d{1,2})$")),
    ("cn", re.compile(r"[一二三四五六七八九十]{1,3}\s?[、．.]")),
    ("cn_paren", re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    ("arabic", re.compile(r"\d{1,2}\s?[.．、](?!\d)")),
    ("arabic_paren", re.compile(r"[（(]\d{1,2}[）)]")),
    ("half_paren", re.compile(r"\d{1,2}[）)]")),
    ("circled", re.compile(r"[①-⑳❶-❿㈠-㈩]")),
    ("reference", re.compile(r"\[\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕")),
    ("bullet", re.compile(r"[•●▪◦‣➢✓☆★◇◆▲△■□►▶※✦❖◎○·][\s　]*(?=\S)|[-–*][\s　]+(?=\S)")),
    ("ordinal", re.compile(r"第[一二三四五六七八九十\d]{1,3}[条條章节節编編款，、：]")),
)
NOTE_HEAD = re.compile(
    r"[【\[［（(]?\s*(?:本[报刊]?编者按|编者按|编者的话|编者|编后|编后语|按语|开栏的话|開欄的話|开栏语|编辑手记|记者手记|采访手记|摘要|内容摘要|内容提要|提要"
    r"|关键词|主题词|Key ?words?|Abstract|中图分类号|文献标识码|基金项目|作者简介|人物简介|人物名片|人物档案|名片|个人简介|注释|注|备注|附注|说明|相关链接"
    r"|链接|新闻链接|知识链接|小贴士|小知识|名词解释|背景|新闻背景|新闻名片|温馨提示|編者按|編後|摘要|關鍵詞|註|小貼士|資料)\s*[】\]］）)]?\s*[：:】\]］]"
    r"|[【\[［]\s*(?:摘要|关键词|编者按|作者简介|人物名片|基金项目|编后|内容提要|人物简介|Abstract|Key words)\s*[】\]］]"
    r"|[（(]此件|[（(](?:指导(?:教师|老师)|辅导(?:教师|老师)|指导|点评|推荐(?:教师|老师)|作者简介|注|編者註|指導老師)\s*[：:]"
    r"|[＊*]\s*(?:本文|作者|基金)"
)
CAPTION_HEAD = re.compile(
    r"[▲△◀▶←→↑↓●■]?\s*[（(]?(?:(?:左|右|上|下|本|题|頁|大|小|上左|上右|下左|下右|左上|右上|左下|右下)?[图圖](?:[一二三四五六七八九十①②③④⑤\d]{0,2})(?:为|為|是|片|：|:)|图片说明|資料圖片|圖片說明)"
)
CAPTION_TAIL = re.compile(
    r"[（(][^（()）。]{0,24}(?:摄影报道|摄影|摄|攝影|攝|供图|图)[）)]$|[\s　](?:\S{2,8}[\s　]*){1,4}(?:摄影报道|摄影|摄|攝影|攝|供图)$"
    r"|(?:资料图片|资料照片|網上圖片|资料图|图片由[^。，]{2,20}提供)[）)]?$"
)
SALUTE = re.compile(r"(?:尊敬的|亲爱的|敬爱的|親愛的|各位|编辑|編輯|全体|廣大|广大|敬启者|致).{0,18}[：:]$|.{1,10}(?:同志|先生|女士|小姐|朋友|同学|老师|家长)们?[：:]$")
LEAD_IN = re.compile(r"【[^】]{1,16}】(?=\S)|\[[^\]\d]{1,16}\](?=\S)")
WHOLE_LABEL = re.compile(r"(?:【[^】]{1,20}】|〖[^〗]{1,20}〗|\[[^\]]{1,20}\]|『[^』]{1,20}』|★[^★]{1,20}★|◆[^◆]{1,20}◆|☆[^☆]{1,20}☆)$")
LEDE = re.compile(
    r"近年来|近日|日前|今年|去年|最近|连日来|目前|当前|为[^，]{2,30}，|随着|自[^，]{2,20}以来|\d{1,2}月\d{1,2}日|\d{4}年|昨天|昨日|今天|上午|本报讯|近期|“|「|當前|近年|連日|日前"
)
LEDE_STRONG = re.compile(
    r"近年来|近日|日前|今年以来|连日来|近期|本报讯|本報訊|新华社|\d{1,2}月\d{1,2}日|近年來|連日來|今年以來|去年以来|今年"
)
TITLE_END = re.compile(
    "(?:通知|公告|通告|启事|公示|须知|倡议书|公开信|一封信|通报|声明|预告|名单|喜报|讣告|贺信|感谢信|征稿|完成情况|情况|报告|報告|预告|預告|啟事|須知|通知書|一封信|公報)$"
)
NOTE_SIGN = re.compile("[①-⑳]")
INLINE_CREDIT = re.compile(r"[。！？”’」…]\s*[（(](?:\S{0,6}(?:记者|通讯员|作者|文|图|記者)?[\s：:]*)?[\u4e00-\u9fff]{2,3}(?:[\s、　][\u4e00-\u9fff]{1,3}){0,4}[）)]$")
QA = re.compile(r"(?:问|答|記者|记者|问题|問|Q|A|主持人|[\u4e00-\u9fff]{2,4})[：:](?=\S)")
REFERENCES = re.compile(r"(?:主要)?参考(?:文献|资料)|注释|參考(?:文獻|資料)|註釋|备注|附录|附件$")
CELL_GAP = re.compile(r"\t+|[ 　\xa0]{2,}|(?<=\d)[ 　](?=\d)")
CELL = re.compile(r"[-+—–－]?[\d,，.．%％—–－/()（）]+(?:[%％万元亿吨人个]{0,2})")
DASHES = ("——", "──", "—", "－－", "--", "―", "–", "⸺")

_ORDINARY = frozenset(
    "len8 len15 len22 len30 len45 long end_stop end_semi end_comma end_closer end_none stops_inside comma commas quoted "
    "verse_run verse_long".split()
)
_FOOT = frozenset(("foot", "foot_more"))
_STOPS = re.compile("[。；！？!?;]")
_LONG_EM = 34.0
_LENGTHS = ((3.0, "len3"), (8.5, "len8"), (15.0, "len15"), (22.0, "len22"), (30.0, "len30"), (45.0, "len45"))


@dataclass(slots=True)
class View:
    """A line, what was seen of it, and what its credits would say."""

    line: Line
    names: list[str] = field(default_factory=list)
    is_final: bool = False
    number: str = ""
    is_list_item: bool = False
    byline: Credit | None = None
    meta: Credit | None = None
    source: Credit | None = None
    furniture: str = ""
    is_plain: bool = False
    """A long sentence with nothing special about it."""


def views_of(lines: list[Line], manner: Manner) -> list[View]:
    """Each line's view, its neighbours looked at."""
    repeated = Counter(line.text for line in lines if line.width <= 30)
    views = [_alone(line, repeated) for line in lines]
    bylines_usual = sum("byline_sure" in view.names or "meta" in view.names for view in views) >= 2
    masthead_end = _masthead(views)
    _lists(views, manner.wrap_em)
    _verses(views, manner)
    _tables(views)
    _footnotes(views, manner.wrap_em)
    seen: set[str] = set()
    twins = _twins(views)
    for at, view in enumerate(views):
        view.is_plain = view.is_plain or _fills_measure(view, manner)
        if not view.is_plain:
            _among(view, views, at, manner, masthead_end, seen)
            if bylines_usual and view.line.width <= 36 and not _byline_below(views, at):
                view.names.append("no_byline_below")
            if at in twins and not _byline_below(views, at):
                view.names.append("twin")
            if at and views[at - 1].line.text[-1] in "）)" and INLINE_CREDIT.search(views[at - 1].line.text):
                view.names.append("after_credit")
        _placed(view, views, at, manner)
    return views


def _alone(line: Line, repeated: Counter[str]) -> View:
    """What the line shows by itself."""
    text = line.text
    view = View(line, is_final=FINAL.search(text) is not None)
    names = view.names
    if line.jump:
        names.append("jump_" + line.jump)
        return view
    for name, pattern in NUMBERED:
        if pattern.match(text):
            view.number = name
            names.append("num_" + name)
            break
    if DATELINE.match(text):
        names.append("dateline")
    if NOTE_HEAD.match(text):
        names.append("note")
    if CAPTION_HEAD.match(text):
        names.append("caption_head")
    if line.width <= 120 and CAPTION_TAIL.search(text):
        names.append("caption_tail")
    if line.width > _LONG_EM and "\t" not in text and not names:
        view.furniture = furniture.strength(text) if text[-1] not in "。；，" and line.width <= 90 else ""
        view.is_plain = view.is_final and not view.furniture and line.indent < 4
    else:
        view.furniture = furniture.strength(text)
    if view.furniture:
        names.append("furn_" + view.furniture)
    names.append(_length(line.width))
    names.append(_ending(text, view.is_final))
    if not view.is_plain:
        _inside(view, repeated)
    return view


def _length(width: float) -> str:
    for limit, name in _LENGTHS:
        if width <= limit:
            return name
    return "long"


def _ending(text: str, is_final: bool) -> str:
    last = text[-1]
    if is_final:
        return "end_ask" if re.search("[！？!?…]", text[-2:]) else "end_stop"
    if last in "；;":
        return "end_semi"
    if last in "：:":
        return "end_colon"
    if last in "，、,":
        return "end_comma"
    if last in "”’」』）)】》〉":
        return "end_closer"
    return "end_none"


def _inside(view: View, repeated: Counter[str]) -> None:
    text, names = view.line.text, view.names
    inner = text.rstrip("。！？!?；;：:，、”’」』）)】…")
    stops = len(_STOPS.findall(inner))
    if stops:
        names.append("stops_inside")
    if "，" in inner:
        names.append("comma" if inner.count("，") == 1 else "commas")
    if text.startswith(DASHES):
        names.append("dash_start")
    if text[0] in "，。、；：！？”’」』）)》":
        names.append("closer_start")
    if re.search(r"[\u4e00-\u9fff”」][\s　]+[\u4e00-\u9fff“「]", text):
        names.append("blank_inside")
    if TITLE_END.search(text):
        names.append("title_end")
    if "”" in text[:-1] or "」" in text[:-1] or (text[0] in "“「《" and text[-1] in "”」》"):
        names.append("quoted")
    if SALUTE.match(text):
        names.append("salute")
    if WHOLE_LABEL.match(text):
        names.append("label")
    elif LEAD_IN.match(text):
        names.append("lead_in")
    if QA.match(text) and view.line.width > 8:
        names.append("qa")
    if REFERENCES.fullmatch(unbracket(text)[0].rstrip("：:")):
        names.append("references")
    if len(text) <= 14 and BRIEF_HEADS.search(text):
        names.append("brief_head")
    if repeated[text] > 1:
        names.append("repeated")
    if not stops and view.line.width <= 60:
        _credits(view)


def _credits(view: View) -> None:
    text, names = view.line.text, view.names
    view.meta = read_meta(text)
    if view.meta is not None and not (view.meta.names or view.meta.source):
        view.meta = None
    if view.meta is not None:
        names.append("meta")
    if view.meta is not None and view.furniture:
        names[:] = [n for n in names if not n.startswith("furn_")]
        view.furniture = ""
    if view.furniture == "sure":
        return
    view.byline = read_byline(text)
    if view.byline is not None:
        credit = view.byline
        kind = "closing" if credit.is_closing else "bracket" if credit.is_bracketed else "byline"
        names.append("photo_credit" if credit.is_photo and credit.is_bracketed else f"{kind}_{credit.strength}")
        if kind == "byline" and credit.strength == "likely" and len(credit.names) > 1:
            names.append("byline_names")
    view.source = read_source(text)
    if view.source is not None:
        names.append(("unit_bracket" if view.source.is_bracketed else "unit_" + view.source.strength))
        if AUTHOR_UNIT.match(unbracket(text)[0]):
            names.append("unit_keyed")
    elif is_unit(text):
        names.append("unit_like")


def _masthead(views: list[View]) -> int:
    """How many lines at the top are the masthead: up to the last sure furniture of the first few."""
    end = 0
    for at, view in enumerate(views[:10]):
        if view.line.width > 60 or view.is_final or view.line.jump:
            break
        if view.furniture in ("sure", "likely") or (view.furniture == "date" and at < 6):
            if at - end <= 3 and not any(v.furniture == "" and v.line.width > 18 for v in views[end:at]):
                end = at + 1
            else:
                break
    return end


def _lists(views: list[View], wrap_em: float) -> None:
    """Runs of items numbered in one way are lists when they are short and hold one clause each."""
    at = 0
    while at < len(views):
        style = views[at].number
        if not style:
            at += 1
            continue
        run = [at]
        nxt = at + 1
        while nxt < len(views) and nxt - run[-1] <= 3:
            if views[nxt].number == style:
                run.append(nxt)
            elif views[nxt].number or views[nxt].line.indent != views[at].line.indent or "jump_in" in views[nxt].names:
                if nxt - run[-1] > 1:
                    break
            nxt += 1
        _judge_list(style, views, run, wrap_em)
        at = run[-1] + 1


def _judge_list(style: str, views: list[View], places: list[int], wrap_em: float) -> None:
    run = [views[at] for at in places]
    if style == "reference":
        kind = "list_item"
    elif len(run) < 2:
        return
    else:
        ends = [_item_end(views, at, wrap_em) for at in places]
        items = ["".join(v.line.text for v in views[a:b]) for a, b in zip(places, ends, strict=True)]
        apart = sum(b > end for b, end in zip(places[1:], ends, strict=False))
        semis = sum(item[-1] in "；;" for item in items)
        stops = sum(FINAL.search(item) is not None for item in items)
        sentences = sum(len(re.findall("[。！？]", item)) > 1 or "。" in item[:-1] for item in items)
        widths = sorted(em_width(item) for item in items)
        median = widths[len(widths) // 2]
        if style == "bullet" and stops >= 0.7 * len(run) and median >= 20:
            kind = "item_para"
        elif apart <= 1 and semis >= 0.4 * len(run) and sentences <= 0.3 * len(run):
            kind = "list_item"
        elif not apart and not sentences and median <= 36 and len(run) >= 3:
            kind = "list_item"
        elif median > 30 or (stops >= 0.6 * len(run) and median > 20):
            kind = "item_para"
        else:
            return
    for view in run:
        view.names.append(kind)
        view.is_list_item = kind == "list_item"
        view.is_plain = False


def _verses(views: list[View], manner: Manner) -> None:
    """Runs of four and more short lines, few of which end as sentences do."""
    limit = min(18.0, 0.92 * manner.wrap_em) if manner.wrap_em else 18.0
    at = 0
    while at < len(views):
        run = at
        while run < len(views) and _may_be_verse(views[run], limit) and abs(
            views[run].line.indent - views[at].line.indent
        ) <= 1:
            run += 1
        if run - at >= 4:
            lines = views[at:run]
            final = sum(v.is_final for v in lines)
            widths = {round(v.line.width) for v in lines}
            if final <= 0.2 * len(lines) or max(widths) - min(widths) <= 1:
                for view in lines:
                    view.names += ["verse_run", "verse_long"] if run - at >= 6 else ["verse_run"]
                lines[0].names.append("verse_first")
                if run < len(views) and (views[run].line.width > limit or _is_byline(views[run])):
                    lines[-1].names.append("verse_last")
                    lines[-2].names.append("verse_late")
        at = max(run, at + 1)


def _item_end(views: list[View], at: int, wrap_em: float) -> int:
    """Where a list item's lines end: a hard wrap may have made several of it."""
    at += 1
    while wrap_em and at < len(views) and not views[at].number and fills(views[at - 1].line, views[at].line.text, wrap_em):
        at += 1
    return at


def _is_byline(view: View) -> bool:
    return any(n.startswith(("byline_", "bracket_")) or n == "meta" for n in view.names)


def _may_be_verse(view: View, limit: float) -> bool:
    return (
        view.line.width <= limit
        and not view.number
        and not view.furniture
        and not view.line.jump
        and not {"byline_sure", "bracket_sure", "meta", "end_colon", "unit_bracket", "label", "note"} & set(view.names)
    )


def cells(text: str) -> list[str]:
    """The cells of a table's row, parted by tabs, or by two and more blanks."""
    return [c for c in CELL_GAP.split(text) if c.strip()]


def _tables(views: list[View]) -> None:
    """Rows: lines parted into as many cells as their neighbours, numbers among them."""
    counts = [
        len(cells(v.line.text)) if len(v.line.text) <= 300 and CELL_GAP.search(v.line.text) else 1 for v in views
    ]
    at = 0
    while at < len(views):
        run = at
        while run < len(views) and counts[run] >= 2 and abs(counts[run] - counts[at]) <= 1:
            run += 1
        rows = views[at:run]
        if len(rows) >= 3 and max(counts[at:run]) >= 2:
            all_cells = [c for v in rows for c in cells(v.line.text)]
            numbers = sum(CELL.fullmatch(c.strip()) is not None for c in all_cells)
            tabbed = sum("\t" in v.line.text for v in rows)
            if numbers >= 0.25 * len(all_cells) or (tabbed == len(rows) and counts[at] >= 2):
                for view in rows:
                    view.names.append("row")
        at = max(run, at + 1)


def _footnotes(views: list[View], wrap_em: float) -> None:
    """Numbered notes: lines like ①… above a folio line or another note, or whose sign stood in the text."""
    signs: set[str] = set()
    for view in views:
        if view.number == "circled" and not view.is_list_item and view.line.text[0] in signs:
            view.names.append("foot")
            view.is_plain = False
            signs.discard(view.line.text[0])
        signs.update(NOTE_SIGN.findall(view.line.text, 1))
    for at in range(len(views) - 2, -1, -1):
        view, below = views[at], views[at + 1]
        if view.number in ("circled", "reference", "half_paren") and not view.is_list_item:
            if "foot" not in view.names and (below.furniture == "sure" or "foot" in below.names):
                view.names.append("foot")
                view.is_plain = False
    if wrap_em:
        for at, view in enumerate(views[1:], 1):
            above = views[at - 1]
            if _FOOT.intersection(above.names) and full_width(above.line) > wrap_em - 2 and not above.is_final:
                view.names.append("foot_more")
                view.is_plain = False


def _among(view: View, views: list[View], at: int, manner: Manner, masthead_end: int, seen: set[str]) -> None:
    """What the neighbours add."""
    names, text = view.names, view.line.text
    if at < masthead_end:
        names.append("masthead")
    before = views[at - 1].furniture if at else ""
    after = views[at + 1].furniture if at + 1 < len(views) else ""
    if "sure" in (before, after):
        names.append("beside_furniture")
        if text in furniture.SECTIONS or (before == "sure" and text in seen and view.line.width <= 40):
            names.append("page_head")
    if text in seen and view.line.width <= 40:
        names.append("seen_before")
    if view.line.width <= 40:
        seen.add(text)
    if at >= len(views) - 6:
        names.append("at_end")
    follower = views[at + 1] if at + 1 < len(views) else None
    if follower is not None:
        if follower.line.width > 20 or follower.line.width > 0.8 * manner.wrap_em > 0:
            if LEDE_STRONG.match(follower.line.text):
                names.append("lede_strong")
            elif LEDE.match(follower.line.text):
                names.append("lede_next")
        if "dateline" in follower.names:
            names.append("dateline_next")
        if "salute" in follower.names:
            names.append("salute_next")
        if follower.furniture == "date":
            names.append("date_next")
        if follower.number == "bullet":
            names.append("bullet_next")
        if follower.is_plain or follower.line.width > 25:
            names.append("long_next")


def _twins(views: list[View]) -> set[int]:
    """Short lines that are built alike, some way apart, as an article's subheads are (聚焦… 聚焦…)."""
    short = [
        at for at, v in enumerate(views) if 4 <= v.line.width <= 16 and not v.is_final and "verse_run" not in v.names
    ]
    out: set[int] = set()
    for place, at in enumerate(short):
        for other in short[place + 1 : place + 6]:
            a, b = views[at].line.text, views[other].line.text
            if other - at >= 2 and abs(len(a) - len(b)) <= 1 and a != b:
                same = sum(x == y for x, y in zip(a, b, strict=False))
                if same >= max(2, 0.3 * len(a)):
                    out |= {at, other}
    return out


def _fills_measure(view: View, manner: Manner) -> bool:
    """A hard-wrapped line of running text, full and with nothing special about it."""
    return (
        manner.wrap_em > 0
        and full_width(view.line) > manner.wrap_em - 0.75
        and not view.line.jump
        and view.line.indent <= manner.indent_em + 0.5
        and _ORDINARY.issuperset(view.names)
        and ("stops_inside" in view.names or "comma" in view.names or "commas" in view.names)
    )


def _byline_below(views: list[View], at: int) -> bool:
    """A byline comes before the next running text."""
    for view in views[at + 1 : at + 5]:
        if view.is_plain or view.line.width > 40:
            return False
        if _is_byline(view):
            return True
    return False


def _placed(view: View, views: list[View], at: int, manner: Manner) -> None:
    """What indents and blank lines add, as far as they tell anything in this manner."""
    line, names = view.line, view.names
    after = views[at + 1].line.blanks > 0 if at + 1 < len(views) else True
    if manner.blank_tells >= 0.5:
        names.append("gap_before" if line.blanks or at == 0 else "no_gap_before")
        if after and not view.is_plain:
            names.append("gap_both" if line.blanks else "gap_after")
    elif manner.tight_tells:
        if not line.blanks:
            names.append("tight_before")
        if not after and not view.is_plain:
            names.append("tight_after")
    if line.blanks >= 2 and manner.blank_tells < 0.5 and at:
        usual = views[at - 1].line.blanks or 1
        if line.blanks > usual:
            names.append("wide_gap")
    if line.indent >= 4 and line.indent > manner.indent_em + 1:
        names.append("indent_deep")
    elif manner.indent_em:
        names.append("indented" if abs(line.indent - manner.indent_em) < 1 else "flush")
    if manner.wrap_em and full_width(line) > manner.wrap_em - 1.5:
        names.append("full_line")
