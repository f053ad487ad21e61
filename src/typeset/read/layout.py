"""A layout file (YAML) into a `Layout`; a wrong key or value names its file, line and nearest right spelling.

The values' types are the model's own: each dataclass field says what its key takes.
"""

from __future__ import annotations

import dataclasses
import difflib
import types
import typing
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import yaml

from typeset.model import layout as model
from typeset.model.findings import Place, TypesetError, Words
from typeset.model.lengths import points
from typeset.read.press import check_press

_SHIPPED = "layouts"
_MOST_NODES = 20_000
COLUMNS_SLACK_PT = 0.05


def layouts_folder() -> Path:
    """Where the shipped layouts are: beside the installed package, or at the repository's top."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "data" / _SHIPPED
    return installed if installed.is_dir() else package.parent.parent / _SHIPPED


def shipped_layouts() -> list[Path]:
    return sorted(layouts_folder().glob("*.yaml"))


def find_layout(name: str) -> Path:
    """The file of a layout given by its shipped name or its path. Raises TypesetError."""
    if name.endswith((".yaml", ".yml")):
        path = Path(name)
        if path.is_file():
            return path
        raise TypesetError(
            Words(f"no layout file {name}", f"没有版式文件 {name}"),
            Words("give the path of a layout file, or a name that `typeset layouts` lists",
                  "请给出版式文件的路径，或 `typeset layouts` 列出的名称"),
        )  # fmt: skip
    names = {path.stem: path for path in shipped_layouts()}
    if name in names:
        return names[name]
    near = difflib.get_close_matches(name, names, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    hint_zh = f"；是不是 {near[0]}？" if near else ""
    raise TypesetError(
        Words(f"no layout named {name}", f"没有名为 {name} 的版式"),
        Words(f"there are {', '.join(names)}{hint}", f"现有 {'、'.join(names)}{hint_zh}"),
    )


def read_layout(path: Path) -> model.Layout:
    """Read and validate a layout file. Raises TypesetError at the first wrong key or value."""
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=_loader())
    except (OSError, UnicodeDecodeError) as error:
        raise TypesetError(
            Words(f"the layout can't be read ({error})", f"版式文件读不出（{error}）"),
            Words("layouts are UTF-8 text", "版式文件须为 UTF-8 文本"),
            Place(str(path)),
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "nested too deep"
        raise TypesetError(
            Words(f"not valid YAML: {problem}", f"不是有效的 YAML：{problem}"),
            Words("mend the line", "请改正这一行"),
            Place(str(path), mark.line + 1 if mark else None, mark.column + 1 if mark else None),
        ) from None
    reader = _Reader(path)
    layout = reader.value(root, model.Layout, "layout")
    assert isinstance(layout, model.Layout)
    reader.check_faces(layout, root)
    reader.check_columns(layout, root)
    check_press(layout, root, path)
    return dataclasses.replace(layout, file=str(path))


def read_composition(options: Sequence[str], base: model.CompositionSpec) -> model.CompositionSpec:
    """A layout's house rules with some set anew, each given as KEY=VALUE. Raises TypesetError."""
    mapping = yaml.MappingNode("tag:yaml.org,2002:map", [])
    for option in options:
        key, sign, value = option.partition("=")
        if not sign:
            raise TypesetError(
                Words(f"--set {option}: no value", f"--set {option}：没有值"),
                Words("write KEY=VALUE, such as hang=on", "请写成 键=值，如 hang=on"),
            )
        pair = [yaml.ScalarNode("tag:yaml.org,2002:str", part.strip()) for part in (key, value)]
        mapping.value.append(tuple(pair))
    wanted = _Reader(Path("--set")).value(mapping, model.CompositionSpec, "composition")
    names = {node.value for node, _ in mapping.value}
    return dataclasses.replace(base, **{name: getattr(wanted, name) for name in names})


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Reader:
    """Walks YAML nodes against the model's types."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.nodes = 0

    def fail(self, node: yaml.Node | None, found: Words, expected: Words) -> typing.NoReturn:
        mark = node.start_mark if node is not None else None
        is_option = node is not None and mark is None  # given on the command line
        raise TypesetError(
            found, expected, Place(str(self.path), mark.line + 1 if mark else None if is_option else 1)
        )

    def value(self, node: yaml.Node | None, kind: Any, where: str) -> Any:
        self.nodes += 1
        if self.nodes > _MOST_NODES:  # aliases of aliases
            self.fail(
                node,
                Words("the layout is too large", "版式文件过大"),
                Words("take out the aliases", "请去掉别名"),
            )
        origin = get_origin(kind)
        if dataclasses.is_dataclass(kind):
            return self.record(node, kind, where)
        if origin in (Union, types.UnionType):
            return self.value(node, next(k for k in get_args(kind) if k is not type(None)), where)
        if origin is tuple:
            return self.sequence(node, get_args(kind), where)
        if origin is dict:
            if not isinstance(node, yaml.MappingNode):
                self.fail(
                    node,
                    Words(f"{where} is no mapping", f"{where} 不是键值表"),
                    Words("write key: value lines", "请写成 键: 值"),
                )
            return {k.value: self.value(v, get_args(kind)[1], f"{where}.{k.value}") for k, v in node.value}
        return self.scalar(node, kind, where)

    def record(self, node: yaml.Node | None, kind: Any, where: str) -> Any:
        if not isinstance(node, yaml.MappingNode):
            self.fail(
                node,
                Words(f"{where} is no mapping", f"{where} 不是键值表"),
                Words("write key: value lines", "请写成 键: 值"),
            )
        hints = typing.get_type_hints(kind)
        fields = {
            _key(f.name): f for f in dataclasses.fields(kind) if f.name != "file" or kind is not model.Layout
        }
        seen: dict[str, Any] = {}
        for key, child in node.value:
            name = fields.get(key.value)
            if name is None:
                near = difflib.get_close_matches(key.value, fields, 1)
                self.fail(
                    key,
                    Words(f"unknown key {key.value!r} in {where}", f"{where} 里没有 {key.value!r} 这个键"),
                    Words(f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(fields)}",
                          f"是不是 {near[0]!r}？" if near else f"可用的键：{'、'.join(fields)}"),
                )  # fmt: skip
            spelled = f"{where}.{key.value}" if where != "layout" else key.value
            seen[name.name] = self.length(child, name.name, hints[name.name], spelled)
        if kind is model.Layout:
            seen["file"] = str(self.path)
        for field in dataclasses.fields(kind):
            missing = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
            if missing and field.name not in seen:
                self.fail(node, Words(f"{where} lacks {_key(field.name)!r}", f"{where} 缺少 {_key(field.name)!r}"),
                          Words("add it; the shipped layouts show how", "请补上；写法可参照自带的版式"))  # fmt: skip
        return kind(**seen)

    def length(self, node: yaml.Node, name: str, kind: Any, where: str) -> Any:
        """A field in points is written with its unit; a tuple of them as a list."""
        if not name.endswith("_pt"):
            return self.value(node, kind, where)
        if get_origin(kind) is tuple:
            if not isinstance(node, yaml.SequenceNode):
                self.fail(
                    node,
                    Words(f"{where} is no list", f"{where} 不是列表"),
                    Words("write [40pt, 32pt]", "请写成 [40pt, 32pt]"),
                )
            return tuple(self.length(child, name, float, where) for child in node.value)
        try:
            return points(node.value)
        except (ValueError, TypeError):
            self.fail(node, Words(f"{where}: {node.value!r} is no length", f"{where}：{node.value!r} 不是长度"),
                      Words("write a number with pt, mm or cm, such as 9.5pt", "请写数字加 pt、mm 或 cm，如 9.5pt"))  # fmt: skip

    def sequence(self, node: yaml.Node | None, kinds: tuple[Any, ...], where: str) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode):
            self.fail(
                node,
                Words(f"{where} is no list", f"{where} 不是列表"),
                Words("write [a, b] or - a", "请写成 [a, b] 或 - a"),
            )
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return tuple(
                self.value(child, kinds[0], f"{where}[{i + 1}]") for i, child in enumerate(node.value)
            )
        if len(node.value) != len(kinds):
            self.fail(node, Words(f"{where} has {len(node.value)} values", f"{where} 有 {len(node.value)} 个值"),
                      Words(f"it takes {len(kinds)}", f"应有 {len(kinds)} 个"))  # fmt: skip
        return tuple(
            self.value(c, k, f"{where}[{i + 1}]")
            for i, (c, k) in enumerate(zip(node.value, kinds, strict=True))
        )

    def scalar(self, node: yaml.Node | None, kind: Any, where: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            self.fail(
                node,
                Words(f"{where} wants one value", f"{where} 应为单个值"),
                Words("write it on one line", "请写在一行"),
            )
        text: str = node.value
        if get_origin(kind) is Literal:
            choices = get_args(kind)
            if text in choices:
                return text
            self.fail(node, Words(f"{where}: {text!r} is not known", f"{where}：不认得 {text!r}"),
                      Words(f"choose {', '.join(choices)}", f"可选 {'、'.join(choices)}"))  # fmt: skip
        try:
            if kind is bool:
                return {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}[
                    text.lower()
                ]
            return kind(text)
        except (ValueError, KeyError):
            name = {int: "a whole number", float: "a number", bool: "true or false"}.get(kind, "text")
            name_zh = {int: "整数", float: "数字", bool: "true 或 false"}.get(kind, "文字")
            self.fail(node, Words(f"{where}: {text!r} is not {name}", f"{where}：{text!r} 不是{name_zh}"),
                      Words(f"write {name}", f"请写{name_zh}"))  # fmt: skip

    def check_faces(self, layout: model.Layout, root: yaml.Node | None) -> None:
        """Every role that a style names must be a face, and every text role must have a style."""
        used = {f"styles.{role}": style.face for role, style in layout.styles.items()}
        for role, style in layout.styles.items():
            named = {"run_in_face": style.run_in_face, "drop_cap_face": style.drop_cap_face}
            used |= {f"styles.{role}.{key}": face for key, face in named.items() if face}
        used |= {"headline": layout.headline.face, "headline.kicker": layout.headline.kicker_face,
                 "headline.subtitle": layout.headline.subtitle_face, "masthead": layout.masthead.title_face,
                 "masthead.line": layout.masthead.line_face, "folio": layout.folio.face}  # fmt: skip
        for where, face in used.items():
            if face not in layout.faces:
                near = difflib.get_close_matches(face, layout.faces, 1)
                self.fail(root, Words(f"{where} names the face {face!r}, which `faces` does not define",
                                      f"{where} 用了 faces 里没有的字体角色 {face!r}"),
                          Words(f"did you mean {near[0]!r}?" if near else f"define it, or take one of {', '.join(layout.faces)}",
                                f"是不是 {near[0]!r}？" if near else f"请在 faces 里定义，或改用 {'、'.join(layout.faces)}"))  # fmt: skip
        for role in ("para", "subhead", "byline", "source", "note", "caption", "list", "table", "verse"):
            if role not in layout.styles:
                self.fail(
                    root, Words(f"styles lacks {role!r}", f"styles 缺少 {role!r}"), Words("add it", "请补上")
                )

    def check_columns(self, layout: model.Layout, root: yaml.Node | None) -> None:
        """T27: the columns of every body setting stand within the type area."""
        is_vertical = layout.composition.direction == "vertical"
        most = layout.type_height_pt if is_vertical else layout.type_width_pt
        nodes: list[yaml.Node] = next(
            (v.value for k, v in getattr(root, "value", ()) if k.value == "body"), []
        )
        for setting, node in zip(layout.body, nodes, strict=False):
            width = setting.columns * setting.measure_em + (setting.columns - 1) * setting.gutter_em
            if width * setting.size_pt > most + COLUMNS_SLACK_PT:
                self.fail(
                    node,
                    Words(f"body: the columns are {width * setting.size_pt:.1f} pt wide, the type area {most:.1f} pt",
                          f"body：各栏共宽 {width * setting.size_pt:.1f} pt，版心只有 {most:.1f} pt"),
                    Words("lower measure_em, gutter_em or columns", "请减小 measure_em、gutter_em 或 columns"),
                )  # fmt: skip


def _key(name: str) -> str:
    """The key of a field: its name without the unit of lengths that carry their unit in the value."""
    return name.removesuffix("_pt")
