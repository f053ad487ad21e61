"""The measures: id, title in two languages, target. K: makeup.md §4.5; the rule that each proves stands beside it."""

from __future__ import annotations

from typeset.check.makeup.report import Measure
from typeset.model.findings import Words

# id | English | Chinese | target
_TABLE = """
K1.fill|share of the news cells that frames take (H3)|版心填满率|1.0000
K2.lost|characters of the layout that the pages lack (H1)|版面缺字|0
K2.added|characters on the pages that the layout has not (H1)|版面多字|0
K2.order|lines whose characters stand in another order (H1)|文字错序|0
K2.place|lines that stand elsewhere than the layout says|文字错位|0, to 0.1 pt
K2.over|text over other text or a picture (H2)|文字重叠|0
K2.outside|text across the trim or within 3 mm of it (H2)|文字出界|0
K3.foot|rows missing at the feet of columns (H3, T43)|栏尾缺行|0
K4.grid|largest distance of a body baseline from the grid (H4, T27)|正文行偏离基线网格|≤ 0.05 pt
K5.butt|headlines of different articles level side by side 碰题 (H9)|碰题|0
K6.seam|cuts across a whole page 断版, the most of a page|断版（单版最多）|≤ 1
K7.subhead|sub-heads with less than two rows under them 背题 (H6, T41)|小标题背题|0
K7.head|headlines with less than five rows under them 背题 (H6, T41)|标题背题|0
K8.widow|short last lines alone at a column's head (H7, T40)|段末短行独居栏首|0
K8.orphan|first lines alone at a column's foot, the most of a page (T40)|段首行独居栏尾（单版最多）|≤ 1
K8.single|last lines of one character 单字成行 (H7, T09)|单字成行|0
K9.start|lines that begin with a forbidden mark (H5, T01)|行首禁则|0
K9.end|lines that end with an opening mark (H5, T02)|行尾禁则|0
K9.number|numbers split between lines (H5, T05)|数字拆行|0
K9.dash|dashes and ellipses split between lines (H5, T04)|破折号、省略号拆行|0
K10.lead|headlines larger than the page's lead (H11)|标题大于头条|0
K10.order|headlines larger than one of a higher article on the page (H11)|标题字号与稿件次序不符|0
K11.tops|columns of one article that begin on different rows (H8)|栏首不齐|0
K11.order|lines out of reading order: down a column, then the next one|阅读顺序错|0
K12.hole|largest empty rectangle of a page, share of the type area|最大空白占版心|≤ 2.5 %
K13.grey|share of the type area under type and pictures, by page|版面灰度|0.60–0.95
K14.jumps|jump lines without their partner (H13)|转版、接版不成对|0
K15.tracking|widest tracking of a justified line (T24)|字距最大拉开|≤ 0.10 em
K15.tight|tightest tracking of a justified line (H12, T24)|字距最大收紧|≥ −0.035 em
K15.even|lines with a gap unlike their others (T24)|行内字距不匀|0
K16.words|headlines broken inside a word (H10, T10)|标题断词|0
K17.edges|body lines off their column's edges (T24)|正文行与栏边不齐|0, to 0.05 em
K17.indent|first lines not indented 2 em (T26)|段首缩进不是 2 字|0
K18.measure|columns under 9 or over 24 characters wide|栏宽不在 9–24 字|0
K18.rows|columns over 58 rows long|栏长超过 58 行|0
K19.masthead|page 1's title is the largest type there (H14)|报头不是头版最大字|0 faults
K19.folio|pages without their number, or with another's (H14)|缺版号或版号错|0
K20.same|lines that stand elsewhere than in the other file (--against)|与另一文件不同的行|0
K21.speed|seconds a page and memory of make-up|成版速度|see the benchmark
"""


def _measures() -> dict[str, Measure]:
    rows = (line.split("|") for line in _TABLE.strip().splitlines())
    return {name: Measure(name, Words(en, zh), target) for name, en, zh, target in rows}


MEASURES: dict[str, Measure] = _measures()
