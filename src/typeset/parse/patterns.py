"""The trade's words (行话) that tell a line's part: datelines, notes, captions, numbering, salutations.

Tables of words and the expressions made of them, simplified and traditional; nothing here knows a
bulletin's subject. furniture.py has the words of the page, bylines.py those of bylines. `…_HEADS`, `…_ENDS`
and `…_MARKS` are characters without one of which at its head, its end or anywhere in it no line fits.
"""

from __future__ import annotations

import re

from typeset.parse.words import any_of, finals, initials, words

BRIEF_HEADS = re.compile(
    any_of(
        """
    简讯 短讯 简报 快讯 短波 要闻 动态 集锦 简明新闻 一句话 速览 速递 掠影 点击 花絮 博览 信息窗 資訊
    簡訊 短訊 消息
    """
    )
)
"""A head of briefs."""
BRIEF_MARKS = "讯訊简波闻态锦句速掠击絮览窗息"

_WIRES = any_of("新华社 人民网 中新社 中新网 新华网 新華社")
DATELINE = re.compile(
    r"[【\[]?本[报刊台网社校院市县区報]\s?[讯訊]"
    r"|本[报刊台網报報][^，。；]{0,16}?[讯电訊電](?=[\s　（(：:】])"
    rf"|[据據]?(?:{_WIRES})[^，。；]{{0,16}}?[电讯電訊](?=[\s　（(：:])"
)
"""电头: 本报讯, 本报济南11月2日讯, 新华社北京11月2日电."""
DATELINE_HEADS = "【[本据據" + initials(_WIRES)

EMOJI = "\U0001f300-\U0001faff✅✔☑❤⭐✨⚡❗❓➡⬇☎✉❌✍"
NUMBERED = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("alone", r"(?:0\d|[一二三四五六七八九十]{1,2}|[ⅠⅡⅢⅣⅤⅥ]|[Pp][Aa][Rr][Tt]\s?\d{1,2})$"),
            ("cn", r"[一二三四五六七八九十]{1,3}\s?[、．.]"),
            ("cn_paren", r"[（(][一二三四五六七八九十]{1,3}[）)]"),
            ("arabic", r"\d{1,2}\s?[.．、](?!\d)"),
            ("arabic_paren", r"[（(]\d{1,2}[）)]"),
            ("half_paren", r"\d{1,2}[）)]"),
            ("circled", r"[①-⑳❶-❿㈠-㈩]"),
            ("reference", r"\[\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕"),
            (
                "bullet",
                rf"[{EMOJI}]\ufe0f?[\s　]*(?=\S)|[•●▪◦‣➢✓☆★◇◆▲△■□►▶※✦❖◎○·][\s　]*(?=\S)|[-–*][\s　]+(?=\S)",
            ),
            ("step", r"第[一二三四五六七八九十\d]{1,3}[步招问點点][，、：:]"),
            ("ordinal", r"第[一二三四五六七八九十\d]{1,3}[条條章節节编編款，、：]"),
        )
    )
)
"""Ways of numbering, the first that fits counts."""
NUMBERED_HEADS = "-0-9一二三四五六七八九十ⅠⅡⅢⅣⅤⅥPp（(①-⑳❶-❿㈠-㈩[［〔第–*•●▪◦‣➢✓☆★◇◆▲△■□►▶※✦❖◎○·" + EMOJI

_NOTES = any_of(
    """
    本报编者按 本刊编者按 编者按 编者的话 编者 编后 编后语 按语 开栏的话 開欄的話 开栏语 编辑手记
    记者手记 采访手记 摘要 内容摘要 内容提要 提要 关键词 主题词 Keywords Keyword Abstract 中图分类号
    文献标识码 基金项目 作者简介 人物简介 人物名片 人物档案 名片 个人简介 注释 注 备注 附注 说明
    收稿日期 收稿时间 修回日期 通信作者 通讯作者 引用格式 文章编号 本期嘉宾 嘉宾简介 嘉宾 主讲人 主持人语 主持人
    相关链接 链接 新闻链接 知识链接 小贴士 小知识 名词解释 背景 新闻背景 新闻名片 温馨提示 編者按 編後
    關鍵詞 註 小貼士 資料
    """
).replace("Keyword", "Key ?word")
_NOTES_IN_BRACKETS = any_of(
    """
    点评 教师点评 老师点评 评语 教师评语 编者按语 链接 点评人 摘要 关键词 编者按 作者简介 人物名片 基金项目 编后 内容提要 人物简介 Abstract Keywords 摘 要 關鍵詞
    """
)
_SIGNED_NOTES = any_of(
    """
    指导教师 指导老师 辅导教师 辅导老师 指导 点评 推荐教师 推荐老师 作者简介 注 編者註 指導老師
    """
)
_NOTES = _NOTES.replace("摘要", r"摘\s*要").replace("关键词", r"关\s*键\s*词")
_NOTES_IN_BRACKETS = _NOTES_IN_BRACKETS.replace("摘要", r"摘\s*要").replace("关键词", r"关\s*键\s*词")
NOTE_HEAD = re.compile(
    rf"(?:[{EMOJI}]\ufe0f?\s*)?[【\[［（(]?\s*(?:{_NOTES})\s*[】\]］）)]?\s*[：:】\]］]"
    rf"|[【\[［]\s*(?:{_NOTES_IN_BRACKETS})\s*[】\]］]"
    r"|[【\[]\s*\S{0,6}(?:简介|簡介|名片|链接|連結|档案|小贴士|点评)\s*[】\]]"
    rf"|[（(]此件|[（(](?:{_SIGNED_NOTES})\s*[：:]|(?:{_SIGNED_NOTES})\s*[：:]\S{{2,8}}$"
    r"|[＊*]\s*(?:本文|作者|基金)"
)
"""编者按：, 【摘要】, （指导教师：…）."""
NOTE_HEADS = "【[［（(＊*" + EMOJI + initials(_NOTES) + initials(_SIGNED_NOTES)

_SIDES = any_of("左 右 上 下 本 题 大 小 上左 上右 下左 下右 左上 右上 左下 右下")
CAPTION_HEAD = re.compile(
    rf"▲[\s　]*[^。；！？]{{3,32}}$|[▲△◀▶←→↑↓●■]?\s*[（(]?(?:(?:{_SIDES})?[图圖][一二三四五六七八九十①②③④⑤\d]{{0,2}}[为為是片：:]|图片说明|資料圖片|圖片說明|(?:漫画|漫畫|题图|插图|制图|图表)[：:])"
)
CAPTION_HEADS = "▲△◀▶←→↑↓●■（(图圖资資漫题插制" + initials(_SIDES)
_PHOTO = any_of("摄影报道 摄影 摄 攝影報道 攝影 攝 供图 供圖")
CAPTION_TAIL = re.compile(
    rf"[。！？”』）)][\s　]*\S{{2,4}}(?:摄影|摄|攝影|攝)$|"
    rf"[（(](?:{_PHOTO}|图|圖|图片|照片)[^（()）。]{{0,6}}[/／：:]\s*[^（()）。]{{2,12}}[）)]$"
    rf"|[。）)》”\s　](?:{_PHOTO}|图|圖)\s*[/／：:]\s*\S{{2,8}}$|[。）)》”\s　]\S{{2,8}}[/／](?:{_PHOTO})$"
    rf"|[（(][^（()）。]{{0,24}}(?:{_PHOTO}|图)[）)]$"
    rf"|[\s　](?:\S{{2,8}}[\s　]*){{1,4}}(?:{_PHOTO})$"
    r"|(?:资料图片|资料照片|網上圖片|资料图|图片由[^。，]{2,20}提供)[）)]?$"
)
"""A picture's credit at a line's end."""
TAIL_EM = 120.0
"""It is not looked for in longer ones."""
PHOTO_MARKS = "摄攝图圖照供片"
PHOTO_ENDS = "）)图圖片供" + finals(_PHOTO)

SALUTE = re.compile(
    r"(?:尊敬的|亲爱的|敬爱的|親愛的|各位|编辑|編輯|全体|廣大|广大|敬启者|致).{0,18}[：:]$"
    r"|.{1,10}(?:同志|先生|女士|小姐|朋友|同学|老师|家长|父老乡亲)们?[：:]$"
)
LEAD_IN = re.compile(r"【[^】]{1,16}】(?=\S)|\[[^\]\d]{1,16}\](?=\S)")
WHOLE_LABEL = re.compile(
    r"(?:【[^】]{1,20}】|〖[^〗]{1,20}〗|\[[^\]]{1,20}\]|『[^』]{1,20}』|★[^★]{1,20}★|◆[^◆]{1,20}◆|☆[^☆]{1,20}☆)$"
)
LABEL_HEADS = "【〖[『★◆☆"
"""Of LEAD_IN and WHOLE_LABEL."""
_STRONG_LEDES = any_of(
    """
    近年来 近日 日前 今年以来 连日来 近期 本报讯 本報訊 新华社 近年來 連日來 今年以來 去年以来 今年
    """
)
_LEDES = any_of("去年 最近 目前 当前 随着 昨天 昨日 今天 上午 “ 「 當前 近年 連日")
LEDE_STRONG = re.compile(_STRONG_LEDES + r"|\d{1,2}月\d{1,2}日")
LEDE = re.compile(_LEDES + r"|为[^，]{2,30}，|自[^，]{2,20}以来|\d{4}年")
"""How a first paragraph (导语) begins; weaker signs."""
LEDE_HEADS = "0-9为自" + initials(_STRONG_LEDES) + initials(_LEDES)
TITLE_END = words(
    """
    通知 公告 通告 启事 公示 须知 倡议书 公开信 一封信 通报 声明 预告 名单 喜报 讣告 贺信 感谢信 征稿
    完成情况 情况 报告 報告 預告 啟事 須知 通知書 公報
    """
)
TITLE_ENDS = finals("|".join(TITLE_END))
QA = re.compile(r"(?:[问答問QA]|[\u4e00-\u9fff]{2,4})[：:](?=\S)")
REFERENCES = re.compile(r"(?:主要)?参考(?:文献|资料)|注释|參考(?:文獻|資料)|註釋|备注|附录|附件")
REFERENCE_HEADS = "主参注參註备附（(【［["
_CONTENTS = any_of(
    "目录 目錄 往期推荐 往期回顾 相关阅读 推荐阅读 本期导读 今日导读 导读 要目 本期要目 今日看点 本期看点 CONTENTS"
)
CONTENTS = re.compile(f"[★◆【]?(?:{_CONTENTS})[★◆】：:]?")
CONTENTS_HEADS = "★◆【" + initials(_CONTENTS)
_COLUMNS = any_of(
    """
    卷首语 卷首 编读往来 编者的话 开篇 主编寄语 本期关注 本期策划 特别策划 特别推荐 特别报道 封面人物 封面故事
    读者来信 来信照登 以案说法 以案释法 法治快讯 热点聚焦 人物素描 人物专访 名家专栏 灯下漫笔 人间 囝仔詩 实验室
    """
)
_COLUMN_KINDS = any_of(
    """
    园地 天地 论坛 札记 之窗 风采 视点 观察 广角 长廊 驿站 讲堂 课堂 信箱 问答 往来 随笔 漫谈 漫笔 钩沉 聚焦 前沿
    看台 茶座 书架 文苑 诗苑 百花园 大家谈 面对面 进行时 回音壁 直通车 瞭望 瞭望台 快递 速递 草木 漫步 笔记 门路
    園地 論壇 札記 視點 觀察 隨筆 信箱 往來
    """
)
COLUMN_NAME = re.compile(
    rf"(?:{_COLUMNS}|[\u4e00-\u9fff]{{1,4}}(?:{_COLUMN_KINDS}))|[·•【〖].{{2,10}}[·•】〗]"
)
"""The name of a column (栏目), as it stands above a headline."""
COLUMN_ENDS = "·•】〗" + finals(_COLUMNS) + finals(_COLUMN_KINDS)
NOTE_SIGN = re.compile("[①-⑳]")
INLINE_CREDIT = re.compile(
    r"[。！？”’」…]\s*[（(](?:\S{0,6}(?:记者|通讯员|作者|文|图|記者)?[\s：:]*)?"
    r"[\u4e00-\u9fff]{2,3}(?:[\s、　][\u4e00-\u9fff]{1,3}){0,4}[）)]$"
)
"""Names in brackets after a paragraph's last stop."""
CELL_GAP = re.compile(r"[\t 　\xa0](?:(?<=\t)\t*|(?<!\t)[ 　\xa0]+|(?<=\d[ 　])(?=\d))")
"""Tabs, two and more blanks, or one between digits: written so that its first character says where to look."""
WIDE_GAP = re.compile("[ 　\xa0]{5,}|　{3,}|\t")
CELL = re.compile(r"[-+—–－]?[\d,，.．%％—–－/()（）]+(?:[%％万元亿吨人个]{0,2})")
DASHES = ("——", "──", "—", "－－", "--", "―", "–", "⸺")
