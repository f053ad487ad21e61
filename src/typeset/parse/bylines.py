"""Bylines (署名) read piece by piece.

A line is parted into names and the words and marks of the role (□ 本报记者 通讯员 文 图 作者：); sources.py
reads source lines. Every character of a line that names someone goes into exactly one field of a Credit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from typeset.parse import kinds
from typeset.parse.names import (
    COMPOUND_SURNAMES,
    NOT_NAMES,
    SURNAMES,
    is_name,
    is_pen_name,
    is_unit,
)
from typeset.parse.words import any_of, words

MARKERS = "□■◎○●◇◆☆★▲△※▢❏"
SURE_MARKERS = "□■◎○▢❏"
ROLE_WORDS = frozenset(
    words(
        """
    本报特约记者 本报首席记者 本报特派记者 本报驻地记者 本报见习记者 本报实习生 本报通讯员 本报记者
    本刊记者 本台记者 本网记者 特约记者 首席记者 见习记者 实习记者 学生记者 小记者 校园记者 全媒体记者
    融媒体记者 记者 特约通讯员 通讯员 特约评论员 本报评论员 评论员 特约撰稿人 特约撰稿 撰稿人 撰稿 撰文
    供稿 投稿 作者 文字 文图 图文 摄影报道 摄影 摄制 报道 采写 采访 整理 供图 编译 翻译 口述 执笔 讲述
    实习生 指导 绘图 漫画 制图 文稿 署名 读者 谨上 敬上 谨启 本報特約記者 本報記者 本刊記者 特約記者
    見習記者 實習記者 記者 通訊員 特約撰稿 採訪 採寫 攝影報道 攝影 報道 圖文 繪圖 讀者 謹上 謹啟 敬啟
    撰寫 執筆 采访人 採訪人 采访者 受访者 访谈 对话 主讲人 主講人 主讲 主講 本刊编辑 本报编辑 本刊編輯 特约编辑 策划
    报导 報導 採訪報導 采访报导 照片 图片 圖片 供稿人 记录 記錄 编写 編寫
    文并图 文并摄 文 图 摄 圖 攝
    """
    )
)
PHOTO_WORDS = frozenset(words("图 圖 图片 圖片 照片 摄 摄影 攝 攝影 供图 供圖 摄影报道 攝影報道 摄制"))
ONE_CHAR_ROLES = "文图摄圖攝"
CLOSING_WORDS = words("谨上 敬上 谨启 謹上 謹啟 敬啟 敬启 启 啟 宣 示 谨识")
CREDIT_MARKS = (
    "记記习習讯訊评撰稿者文摄攝道导導采採整供编編翻述笔筆讲講图圖漫署访訪话策照谨謹敬制執执實实寫写"
)
"""One of these stands in every role's word."""
ASIDE_MARKS = f"A-ZÀ-Þ（）()¹²³⁴-⁹①②③④⑤{MARKERS}"
"""One of these stands in all else that may part a name from what it stands in."""
PART_MARKS = f"\t\v\f\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f　、,，/／|｜丨:：;；&＆+＋_{MARKERS}"
"""What separates the words of a byline."""
_SEPARATING = rf"\s、,，/／|｜丨:：;；&＆+＋_{MARKERS}"
SHORT_CHARS = 5
"""A double surname, two more characters, a role's one."""
_SHORT_WORD = re.compile(rf"(?:^|[{_SEPARATING}])[^{_SEPARATING}]{{1,{SHORT_CHARS}}}(?:[{_SEPARATING}]|$)")
_NAME_START = re.compile(
    rf"(?:^|[{_SEPARATING}（(【［\[）)¹²³⁴⁵⁶⁷⁸⁹①②③④⑤])"
    rf"[A-ZÀ-Þ{MARKERS}{''.join(sorted(SURNAMES | {name[0] for name in COMPOUND_SURNAMES}))}]"
)
"""Where no role's word tells of a name, one begins so, or a mark tells of it."""
_LONG_WORD = re.compile(rf"[^{_SEPARATING}]{{6}}")

_ROLES = sorted(sorted(ROLE_WORDS), key=len, reverse=True)
_LONG_ROLE = "|".join(w for w in _ROLES if len(w) > 1)
_LONG_ROLES = frozenset(w for w in _ROLES if len(w) > 1)
_ROLE_SIZES = sorted({len(w) for w in _LONG_ROLES}, reverse=True)
_BRACKETS = {"（": "）", "(": ")", "【": "】", "［": "］", "[": "]"}
_STOPS = re.compile("[。！？；!?;，]")
_SEPARATORS = re.compile(rf"([{_SEPARATING}]+)")
_ASIDE = re.compile(
    r"[（(](?:[^（()）]{0,16}(?:[级級班届屆]|医师|醫師|硕士|博士|研究生|学生|主任|校长|教授|研究员|记者|通讯员|[省市县州区镇乡村校院局部社])"
    r"|[^（()）]{1,5})[）)]"
)
"""A class, a post or a place in brackets behind a name."""
_ROLE = re.compile(_LONG_ROLE)
_ANY_ROLE = re.compile("|".join(_ROLES))
_ROLE_AT_EDGE = re.compile(rf"(?:^|[{_SEPARATING}])(?:{_LONG_ROLE})|(?:{_LONG_ROLE})(?:[{_SEPARATING}]|$)")
_ROLES_BEFORE = re.compile(f"(?:{_LONG_ROLE})+")
_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]")
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][a-zA-Zß-ÿ.'’-]*")
_CLASS_NUMBER = re.compile(r"[（(](\d{1,2})[）)](?=班)")
_FOOT_SIGNS = re.compile("[¹²³⁴⁵⁶⁷⁸⁹①②③④⑤]")
_ROW_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f·]{2,5}")
_NOTED_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]{2,4}[（(][^（()）。]{2,30}[）)]")
_LATIN = re.compile(rf"{_LATIN_NAME.pattern}(?: {_LATIN_NAME.pattern}){{1,2}}")
_PARTED_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]{2,3}")
_CLASS = re.compile(
    r"^(?:[初高小大][一二三四五六]|[一二三四五六七八九]年[级級]|\d{2,4}[级級届屆]|[七八九]年[级級]).{0,8}班?$"
    r"|^[初高小]?[一二三四五六七八九七]?[（(]?\d{1,2}[）)]?班|[初高九八七][\d（(一二三]{1,4}[）)]?班$"
    r"|[一二三四五六七八九\d]年[级級]$|[\d一二三四五六七八九十]班$"
)
"""A pupil's class, after the school's name or alone."""
_DUTY = re.compile(
    "(?:"
    + any_of(
        """
        书记 主任 局长 校长 县长 市长 区长 镇长 乡长 村长 部长 院长 教授 研究员 处长 科长 站长 所长 经理
        護理師 护士 護士 工作者 技术员 医师 醫師 护士长 辅导员 志愿者 志願者 硕士 博士 研究生 创作员 馆员 编辑 干事 干部 站员 农技师
        董事长 主席 会长 委员 代表 教师 医生 律师 工程师 馆长 队长 班长 園長 校長 主任 會長 醫生 教師
        """
    )
    + ")$"
)
_POST = re.compile("(?:校医|教师|老师|学生|家长|医生|护士|班长|书记|主任|校长|园长|局长|居民|村民|职工|读者)")
WEAK_ENDINGS = "行园州村系班站台司所会南社店组室镇市"


@dataclass(slots=True)
class Credit:
    """What a line of the byline or at an article's end says."""

    names: list[str] = field(default_factory=list)
    source: str | None = None
    furniture: list[str] = field(default_factory=list)
    marks: str = ""
    strength: str = "weak"
    """`sure` (a marker or a role's word), `likely` (all names), `unit` (a unit, then a name), `weak`."""
    is_bracketed: bool = False
    is_closing: bool = False
    is_photo: bool = False
    """Only the roles of pictures are named."""
    is_signature: bool = False
    """A post and a name, as under a letter."""
    has_words: bool = False
    """Something stands beside the names."""


def unbracket(text: str) -> tuple[str, str]:
    """The words inside brackets that hold the whole line, and the brackets."""
    close = _BRACKETS.get(text[:1])
    if close is None or not text.endswith(close) or text.find(close) != len(text) - 1:
        return text, ""
    return text[1:-1].strip(), text[0] + close


def may_be_byline(text: str, hints: int) -> bool:
    """Whether `read_byline` could find a name at all, for most lines: a word as short as names are, a role's
    word beside a separator, or brackets and marks to look behind. `hints` are the line's kinds of characters."""
    if hints & kinds.STOP or (hints & kinds.COMMA and text.count("，") > 1):
        return False
    if not hints & kinds.CREDIT and not _NAME_START.search(text):
        return False
    if hints & kinds.ASIDE:
        return True
    has_short_word = hints & kinds.PART or len(text) <= SHORT_CHARS
    if has_short_word and _SHORT_WORD.search(text):
        return True
    return bool(hints & kinds.CREDIT) and _ROLE_AT_EDGE.search(text) is not None


def read_byline(text: str) -> Credit | None:
    """The names in a byline, or None when the line is none."""
    body, brackets = unbracket(text)
    if not body or len(body) > 72 or _STOPS.search(body.replace("，", "", 1)):
        return None
    marker = body[0] if body[0] in MARKERS else ""
    has_role = bool(marker) and marker in SURE_MARKERS
    roles: list[str] = []
    words: list[tuple[str, bool]] = []
    is_named = has_role
    for token, was_parted in _tokens(_without_asides(body[len(marker) :])):
        word, affixes = _without_roles(token)
        roles += affixes
        if word:
            is_announced = word not in NOT_NAMES and (is_named or bool(affixes))
            words.append((word, is_announced or was_parted))
        is_named = bool(affixes) and not word
    has_role = has_role or bool(roles)
    names, others = _names_among(words, has_role)
    if not names or not _may_stand_beside(others, has_role):
        return None
    is_class = any(_CLASS.search(other) for other in others)
    try:
        marks = rest_of(text, names)
    except ValueError:  # a name that only brackets or signs inside it had parted
        return None
    return Credit(
        names=names,
        marks=marks,
        strength="sure" if has_role or is_class else "unit" if others else "likely",
        is_bracketed=bool(brackets),
        is_closing=any(role in CLOSING_WORDS for role in roles),
        is_photo=bool(roles) and all(role in PHOTO_WORDS for role in roles),
        is_signature=not has_role and any(_DUTY.search(other) for other in others),
        has_words=bool(others) or text[0] in "《“",
    )


def _without_asides(text: str) -> str:
    """Foot signs are left out, and what stands in brackets behind a name makes room for a blank."""
    text = _FOOT_SIGNS.sub("", text)
    if "（" in text or "(" in text:
        text = _ASIDE.sub(" ", _CLASS_NUMBER.sub(r"\1", text))
    return text


def _names_among(words: list[tuple[str, bool]], has_role: bool) -> tuple[list[str], list[str]]:
    """The names and what stands beside them; a word that a role or a marker announces may be a pen name."""
    looks = [(word, is_announced, is_name(word), is_unit(word)) for word, is_announced in words]
    is_clear = any(looks_named and not looks_unit for _, _, looks_named, looks_unit in looks)
    if not has_role and len(words) == 1 and words[0][1] and _LATIN.fullmatch(words[0][0]):
        return [words[0][0]], []
    if not has_role and not any(looks_named for _, _, looks_named, _ in looks):
        return [], []
    names: list[str] = []
    others: list[str] = []
    for word, is_announced, looks_named, looks_unit in looks:
        size = len(word)
        is_rather_name = (
            looks_named and word[-1] in WEAK_ENDINGS and (size == 3 or (size == 2 and is_announced))
        )
        is_beside = (looks_unit or word[-1] in "报刊報") and (is_clear or not looks_named)
        is_free = has_role and (is_announced or not is_clear or bool(names))
        if (is_beside and not is_rather_name) or _CLASS.search(word) or _POST.fullmatch(word):
            others.append(word)
        elif (
            looks_named
            or (is_announced and has_role and _PARTED_NAME.fullmatch(word))
            or (is_free and is_pen_name(word))
        ):
            names.append(word)
        else:
            others.append(word)
    return names, others


def may_be_name_row(text: str) -> bool:
    """No word of the line is longer than names are, or it is a name with a note behind it."""
    return text[-1] in "）)" or not _LONG_WORD.search(text)


def name_row(text: str) -> int:
    """How many names a row of names holds, 0 for any other line: 冀春燕　　解　芳　　田玉莲."""
    if text[-1] in "）)" and _NOTED_NAME.fullmatch(text):
        return 2
    if _LONG_WORD.search(text):
        return 0
    tokens = [word for word, _ in _tokens(text)] if len(text) <= 60 else []
    if len(tokens) < 2 or not all(_ROW_NAME.fullmatch(word) for word in tokens):
        return 0
    known = sum(is_name(word) for word in tokens)
    return len(tokens) if known >= 0.6 * len(tokens) else 0


def _may_stand_beside(others: list[str], has_role: bool) -> bool:
    """Units, places and duties beside the names: few and short."""
    if not others:
        return True
    if len(others) > 2 or sum(map(len, others)) > 24:
        return False
    return has_role or all(is_unit(o) or _CLASS.search(o) or _DUTY.search(o) or len(o) <= 4 for o in others)


def _without_roles(token: str) -> tuple[str, list[str]]:
    """A token without the role's words before and after it (记者陶然 → 陶然, 记者)."""
    found: list[str] = []
    while token:
        if token in ROLE_WORDS:
            return "", [*found, token]
        if is_name(token) and not _ROLE.match(token):
            break
        affix, rest = _affix(token)
        if not affix or (len(affix) == 1 and not is_name(rest)):
            break
        found += _split_roles(affix)
        token = rest.strip("·")
    return token, found


def _affix(token: str) -> tuple[str, str]:
    """The role's words before a token, else the longest one behind it, and the rest."""
    match = _ROLES_BEFORE.match(token)
    if match is not None:
        return match[0], token[match.end() :]
    for size in _ROLE_SIZES:
        if token[-size:] in _LONG_ROLES:
            return token[-size:], token[:-size]
    return (token[-1], token[:-1]) if token[-1] in ONE_CHAR_ROLES else ("", token)


def _split_roles(text: str) -> list[str]:
    return _ANY_ROLE.findall(text)


def _tokens(text: str) -> list[tuple[str, bool]]:
    """The words of a byline; a name printed with blanks inside (何　静) is put together and marked so."""
    parts = _SEPARATORS.split(text)
    words, gaps = parts[::2], ["", *parts[1::2], ""]
    out: list[tuple[str, bool]] = []
    run: list[str] = []
    for word, before, after, below in zip(words, gaps, gaps[1:], [*words[1:], ""], strict=False):
        opens_name = len(below) == 1 and below not in ONE_CHAR_ROLES and after.isspace() and word in SURNAMES
        is_role = word in ONE_CHAR_ROLES and (not (run or opens_name) or after[:1] in tuple("/／：:"))
        if run and (is_role or not before.isspace() or not _goes_on(run, word)):
            out += _put_together(run)
            run = []
        if is_role and word:
            out.append((word, False))
        elif word:
            run.append(word)
    return out + _put_together(run)


def _goes_on(run: list[str], word: str) -> bool:
    """The word is a further part of a name whose parts so far are `run`."""
    if _LATIN_NAME.fullmatch(run[-1]) and _LATIN_NAME.fullmatch(word):
        return True
    if any(len(part) != 1 for part in run):
        return False
    if len(word) == 1:
        return _HANZI.fullmatch(word) is not None
    return len(run) == 1 and len(word) == 2 and is_name(run[0] + word) and not is_name(word)


def _put_together(run: list[str]) -> list[tuple[str, bool]]:
    """The names that a run of parts makes: four single characters are two names."""
    if len(run) < 2:
        return [(word, False) for word in run]
    if _LATIN_NAME.fullmatch(run[0]):
        return [(" ".join(run), True)]
    if len(run) > 3 or (len(run) == 3 and not is_name("".join(run)) and len(run[2]) == 1):
        step = 2 if len(run) % 2 == 0 else 3
        names = ["".join(run[at : at + step]) for at in range(0, len(run), step)]
        return [(name, len(name) > 1) for name in names]
    return [("".join(run), True)]


def rest_of(text: str, taken: list[str]) -> str:
    """The characters of `text` that are no white space and in none of `taken`, in order.

    Raises ValueError where one of `taken` does not stand in it.
    """
    rest = "".join(text.split())
    for part in taken:
        word = "".join(part.split())
        at = rest.find(word)
        if at < 0:
            raise ValueError(f"{part!r} does not stand in {text!r}")
        rest = rest[:at] + rest[at + len(word) :]
    return rest
