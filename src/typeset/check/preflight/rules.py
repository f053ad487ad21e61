"""The rules: id, title in two languages, and the clause of each profile that demands it.

ISO 15930-7:2010 is PDF/X-4, ISO 15930-4:2003 PDF/X-1a:2003, ISO 14289-1:2014 PDF/UA-1 (its tests numbered as veraPDF
numbers them). A "~" marks a clause not read in the standard itself. "house" is what strict print shops ask for beside
ISO (Ghent PDF Workgroup).
"""

from __future__ import annotations

from typeset.check.preflight.report import Profile, Rule
from typeset.model.findings import Words

_X4, _X1A, _UA = "ISO 15930-7:2010, ", "ISO 15930-4:2003, ", "ISO 14289-1:2014, "
_HOUSE = "house"

# id | English | Chinese | X-4 | X-1a | UA-1; "" where the profile has no such rule; "H": a house rule
_TABLE = """
file.opens|the file opens without repair|文件完好可开|32000-1 7.5|32000-1 7.5|32000-1 7.5
file.header|header: a version that the profile takes, then a binary comment|文件头版本与二进制注释|6.1|6.1~|6.1-1
file.packing|no object or cross-reference streams (PDF 1.5)|无对象流、交叉引用流||6.1~|
file.id|the file has an identifier|有文件标识|6.1~|6.10~|
file.encryption|not encrypted|未加密|6.16~|6.12~|7.16-1
file.filters|no filter that the profile forbids|压缩方式合规|6.6~|6.6~|
file.limits|architectural limits kept|未超出实现限制|6.25|6.1~|
file.external|no external streams or embedded files|无外部流、无附件|6.7~|6.2~|
content.operators|content: known operators, balanced, no BX/EX|内容流算子合法、成对|6.19|6.17~|32000-1 7.8.2
x.version|the file says which PDF/X it is|PDF/X 版本标识|6.10|6.10~|
x.info|title and dates are there and well formed|标题与日期齐备|6.10|6.10~|
x.xmp|XMP is well formed and has what the profile wants|XMP 元数据完整|6.10|32000-1 14.3.2|7.1-8
x.same|Info and XMP say the same|Info 与 XMP 一致|6.10|6.10~|
x.trapped|Trapped is True or False|Trapped 已声明|6.11~|6.11~|
intent.one|one GTS_PDFX output intent|恰有一个 PDF/X 输出意图|6.4|6.4~|
intent.condition|the output intent names its condition|输出意图写明印刷条件|6.4|6.4~|
intent.profile|its profile is embedded, or (X-1a) its name registered|特性文件已内嵌或名称已登记|6.4, Annex A|6.4~|
intent.icc|the profile is a valid CMYK printer's profile|特性文件有效（prtr）|6.4|6.4~|
intent.name|the profile is that of the condition named|特性文件与条件名相符|H|H|
box.trim|every page has a TrimBox or an ArtBox, not both|有 TrimBox 或 ArtBox|6.12~|6.7~|
box.nested|trim within bleed within media|页面框逐层包含|6.12~|6.7~|
box.bleed|bleed reaches 3 mm beyond the trim|出血 3 mm|H|H|
box.size|one trim size, no Rotate or UserUnit|成品尺寸一致，无旋转缩放|H|H|
colour.spaces|colour spaces that the profile takes|颜色空间合规|6.4|6.3~|
colour.device|nothing but CMYK, black and spot inks|只用 CMYK、黑与专色|H|H|
colour.spots|a spot ink's name always means the same|专色定义一致|6.4|6.3~|
transparency.none|no transparency|无透明||6.15~|
transparency.blend|blend modes and group colour spaces that the profile takes|透明混合合规|6.20||
font.embedded|every font is embedded|字体全部内嵌|6.5|6.5~|7.21.4.1-1
font.program|font programs can be read and are of the kind named|字体程序可读|6.5|6.5~|32000-1 9.9
font.tag|subset fonts have a tag of six letters, each its own|子集字体有六字母前缀|32000-1 9.6.4|32000-1 9.6.4|
font.cid|CIDFonts: glyph map, system info and encoding agree|CID 字体各表相符|32000-1 9.7.4|32000-1 9.7.4|7.21.3
font.cidset|CIDSet, where there is one, is complete|CIDSet 完整|32000-1 9.8.3.2|32000-1 9.8.3.2|7.21.4.2-2
font.widths|widths are those of the font program|字宽与字体程序一致|6.5|6.5~|7.21.5-1
font.glyphs|every character shown has a glyph, never .notdef|所用字符皆有字形|6.5|6.5~|7.21.8-1
font.blank|no visible character is drawn by an empty glyph|可见字符皆有笔画|H|H|
font.unicode|every character shown has its Unicode|所用字符皆有 Unicode|H|H|7.21.7-1
font.text|no private-use, compatibility or radical code points (T61)|无私用区、兼容字、部首码位|H|H|
gstate.transfer|no transfer functions, halftone names or phases|无传递函数、网屏名|6.13|6.8~|
gstate.intents|rendering intents are the four of PDF|渲染意图为四种之一|6.23|6.16~|
object.postscript|no PostScript|无 PostScript|6.14|6.9~|
object.reference|no reference XObjects, OPI or alternate images|无引用对象、OPI、替换图|6.15~|6.13~|7.20-1
object.layers|layers: none (X-1a), or named and without AS|图层合规|6.24|6.1~|7.10
object.annotations|no annotation where is printed|印刷区内无注释|6.17|6.14~|
object.actions|no actions, no JavaScript|无动作、无脚本|6.18|6.15~|
object.forms|no form fields|无表单|6.26|6.14~|
ink.total|total ink within the limit|总墨量不超限|H|H|
ink.text|small text in black alone, or in two inks at most|小字单色黑或至多两色|H|H|
ink.overprint|body text of 100 K overprints (OPM 1)|正文黑字叠印|H|H|
ink.white|white never overprints|白色不叠印|H|H|
ink.registration|the colour of all plates only outside the trim|套印色只在成品外|H|H|
line.hairline|no line under 0.25 pt|无细于 0.25 pt 的线|H|H|
text.reversed|no reversed type under 8 pt|无小于 8 pt 的反白字|H|H|
picture.resolution|pictures of 200 ppi, bitmaps of 800, at their size|图片 200 ppi、线条图 800 ppi 以上|H|H|
ua.identified|XMP says PDF/UA-1|XMP 标明 PDF/UA-1|||5-1
ua.marked|the catalog says that the file is tagged|声明为带标签|||6.2-1
ua.suspects|no suspect tags|无可疑标签|||7.1-4
ua.content|all content is tagged or an artifact, and not both|内容皆有标签或为装饰|||7.1-3
ua.nesting|artifacts and tagged content don't lie in one another|标签与装饰不互套|||7.1-1
ua.tree|there is a structure tree; its elements know their parents|有结构树|||7.1-11
ua.types|structure types are standard ones or mapped to them|结构类型为标准类型|||7.1-5
ua.parents|parent tree and structure agree|父树与结构一致|||32000-1 14.7.4.4
ua.title|the title is there and shown|显示文档标题|||7.1-9
ua.language|the language of all text is known|文字语言已知|||7.2-34
ua.headings|headings begin at H1 and skip no level|标题级别连续|||7.4.2-1
ua.tables|tables, rows and cells stand in one another|表格、行、格逐层包含|||7.2-3 to 7.2-16
ua.cells|every row of a table has as many cells|表格各行格数一致|||7.2-41 to 7.2-43
ua.headers|data cells know their heads|数据格有表头|||7.5-1
ua.lists|lists hold items, items labels and bodies|列表结构正确|||7.2-17 to 7.2-20
ua.contents|tables of contents hold their items|目录结构正确|||7.2-26 to 7.2-28
ua.figures|figures and formulas have an alternative|图有替代文字|||7.3-1
ua.notes|notes have identifiers, each its own|注释有编号|||7.9-1
ua.annotations|annotations are tagged and described|注释有标签与说明|||7.18.1-1
ua.links|links stand in Link and say where to|链接有标签与说明|||7.18.5-1
ua.tabs|pages with annotations are tabbed by structure|有注释的页按结构跳转|||7.18.3-1
ua.order|the structure runs with the pages|结构次序与页次一致|||32000-1 14.8.2
"""


def _clause(text: str, standard: str) -> str:
    if text == "H":
        return _HOUSE
    return "ISO " + text if text.startswith("32000") else standard + text


def _rules() -> dict[str, Rule]:
    out = {}
    for line in _TABLE.strip().splitlines():
        name, en, zh, x4, x1a, ua = line.split("|")
        given: dict[Profile, tuple[str, str]] = {"x4": (x4, _X4), "x1a": (x1a, _X1A), "ua": (ua, _UA)}
        clauses = {profile: _clause(*pair) for profile, pair in given.items() if pair[0]}
        out[name] = Rule(name, Words(en, zh), clauses)
    return out


RULES: dict[str, Rule] = _rules()
