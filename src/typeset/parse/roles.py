"""The roles (角色) that a line of a bulletin can play."""

from __future__ import annotations

from enum import IntEnum


class Role(IntEnum):
    """One line's part. FURN, FOOT and CONT leave the article's state as it was."""

    START = 0
    HEAD = 1  # 标题 opens an article
    MORE = 2  # 标题 its further lines
    BYLINE = 3  # 署名 at the head
    PARA = 4  # 段落
    BRIEF = 5  # 短讯 a paragraph that opens an article without a head
    SUB = 6  # 小标题
    SUBTWO = 7  # 小标题 second line of a pair
    NOTE = 8  # 编者按 摘要 注
    CAPTION = 9  # 图片说明
    ITEM = 10  # 列表 项
    ROW = 11  # 表格 行
    VERSE = 12  # 诗行
    CREDIT = 13  # 文末署名
    UNIT = 14  # 落款 who sent it
    DATE = 15  # 落款 its date
    JUMP_IN = 16  # 上接 opens an article's further part
    JUMP_OUT = 17  # 下转 closes a part
    FURN = 18  # 版面要素
    FOOT = 19  # 脚注
    CONT = 20  # 接上行


TEXT_ROLES = frozenset((Role.PARA, Role.BRIEF, Role.ITEM, Role.NOTE, Role.CAPTION))
"""Roles whose text may run on over the end of a line."""
OPENING_ROLES = frozenset((Role.HEAD, Role.BRIEF, Role.JUMP_IN))
TRANSPARENT = frozenset((Role.FURN, Role.FOOT, Role.CONT))
