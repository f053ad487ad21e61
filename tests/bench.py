"""`python -m tests.bench`: how fast the whole command is, where its time goes, and Typst beside it;
`python -m tests.bench --composer`: the composer alone, characters a second on one core.

Each run is a fresh process from an empty folder: wall time from start to exit; CPU time as the kernel
counts it for it and its children; peak memory of the largest process, as the kernel counts it. Programs
take turns within a round; figures are medians. A round before these, whose times don't count, samples
the memory of all processes together (shared pages once). The text at n× is the sample n times over, every copy varied, so
that nothing remembered of one helps with another. Nothing is asserted: it measures.

Typst (the `typst` package, where it is installed) gets the articles already parsed, as markup, and
the same sheet, margins, columns, body size, row pitch and faces; it writes a tagged PDF, as ours is, and
looks for fonts in our folder alone. No masthead, no fitting of pages, no DOCX, no output intent.

Sizes are of the finished PDFs, without an ICC profile where one is embedded.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.bench_typst import MARKUP, PARSED, TYPST_RUN, prepare_typst

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "seeds" / "lilun-2023-11.txt"
SEED = 2023
FORMATS = ("pdf", "pdf,docx")
TYPST = "typst pdf"
SAMPLE_EVERY_S = 0.02

# ---------------------------------------------------------------- the text

_LONG, _LEAD = 40, 8
_SENTENCE = re.compile("[^。！？]*[。！？]+[”’）)]*")
_HAN = re.compile("[\u4e00-\u9fff]")
_RESOUNDING = 0.02
"""Share of a long line's characters that become others: longer texts need more glyphs, as real ones do."""
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞刚桂英玉萍红玲芬燕彬鑫波宇浩凯健俊帆帅旭宁龙博晨辉琳莹雪慧倩颖佳怡欣悦"
)
_COMMON = "".join(
    bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA)
)
"""GB 2312's first level, but for its last row, which isn't full."""


def varied(sample: str, times: int) -> str:
    """The sample, then copies of it that say other things in the same form."""
    rng = random.Random(SEED)
    copies = [sample.strip("\r\n")]
    for _ in range(times - 1):
        copies.append("\n".join(_varied_line(line, rng) for line in copies[0].split("\n")))
    return "\n\n".join(copies) + "\n"


def _varied_line(line: str, rng: random.Random) -> str:
    if not line.strip():
        return line
    if line.startswith("□"):
        return "□" + " ".join(_name(rng) for _ in line[1:].split())
    line = re.sub(
        r"(?<![\d.])[1-9]\d*", lambda m: str(rng.randint(10 ** (len(m[0]) - 1), 10 ** len(m[0]) - 1)), line
    )
    if len(line) < _LONG:
        return _other_characters(line[:-2], rng, 2 / len(line)) + line[-2:]
    # the first sentence may lead in, and what comes last may break off: they stay where they are
    sentences = _SENTENCE.findall(line)
    rest = line[len("".join(sentences)) :]
    middle = sentences[1:] if rest else sentences[1:-1]
    last = sentences[len(middle) + 1 :]
    rng.shuffle(middle)
    text = "".join((*sentences[:1], *middle, *last, rest))
    return text[:_LEAD] + _other_characters(text[_LEAD:-_LEAD], rng, _RESOUNDING) + text[-_LEAD:]


def _other_characters(text: str, rng: random.Random, share: float) -> str:
    return _HAN.sub(lambda m: rng.choice(_COMMON) if rng.random() < share else m[0], text)


def _name(rng: random.Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2))))


# ---------------------------------------------------------------- runs


@dataclass(frozen=True, slots=True)
class Run:
    """One fresh process."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    all_mb: float = 0.0
    failure: str = ""


def run(command: Sequence[str], folder: Path, limit_s: float, sample: bool = False) -> Run:
    """Run a command in a folder and ask the kernel what it took; killed after `limit_s`.

    `sample` looks at its memory on the way, which costs it time.
    """
    with (folder / "said.txt").open("wb") as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
        watch = threading.Timer(limit_s, process.kill)
        watch.start()
        sampler = _Sampler(process.pid)
        if sample:
            sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        watch.cancel()
        sampler.over.set()
    process.returncode = os.waitstatus_to_exitcode(status)
    failure = ""
    if process.returncode:
        lines = (folder / "said.txt").read_text(errors="replace").strip().splitlines()
        failure = (
            f"over {limit_s:g} s" if wall >= limit_s else lines[-1] if lines else f"exit {process.returncode}"
        )
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, sampler.peak_kb / 1024, failure)


class _Sampler(threading.Thread):
    """Peak of the memory of a process and its descendants together, in proportional set size."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak_kb, self.over = pid, 0, threading.Event()

    def run(self) -> None:
        pause = SAMPLE_EVERY_S
        while not self.over.wait(pause):
            began = time.perf_counter()
            self.peak_kb = max(self.peak_kb, self._held_kb(self.pid))
            # a look at a large process stops it for a while: look at it less often
            pause = max(SAMPLE_EVERY_S, 20 * (time.perf_counter() - began))

    def _held_kb(self, pid: int) -> int:
        process = Path(f"/proc/{pid}")
        try:
            told = (process / "smaps_rollup").read_text()
            children = (process / "task" / str(pid) / "children").read_text().split()
        except OSError:  # gone meanwhile
            return 0
        found = re.search(r"^Pss: +(\d+)", told, re.M)
        return (int(found[1]) if found else 0) + sum(self._held_kb(int(child)) for child in children)


def typeset_command() -> list[str]:
    """The console command beside this Python, else the module."""
    script = Path(sys.executable).with_name("typeset")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "typeset"]


# ---------------------------------------------------------------- stages

STAGES: tuple[tuple[str, str, str], ...] = (
    ("typeset.read.layout", "read_layout", "layout, fonts"),
    ("typeset.fonts.faces", "FaceSet.of", "layout, fonts"),
    ("typeset.pipeline", "read_bulletin", "read, parse"),
    ("typeset.makeup.commit", "make_up", "make-up"),
    ("typeset.pipeline", "check_conservation", "check"),
    ("typeset.write.docx", "write_docx", "docx"),
    ("typeset.write.pdf", "write_pdf_to", "pdf"),
    ("typeset.write.files", "write_all", "files"),
)
START, IMPORTS, REST = "python", "imports", "rest"
COLUMNS = (START, IMPORTS, *dict.fromkeys(stage for _, _, stage in STAGES), REST)


class Clock:
    """Time by stage; a stage within another stops the outer one's clock."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(COLUMNS, 0.0)
        self._open = [REST]
        self._since = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.spent[self._open[-1]] += now - self._since
        self._since = now

    def wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            if self._open[-1] == name:
                return function(*args, **kwargs)
            with self.stage(name):
                return function(*args, **kwargs)

        return timed


def split(began: float, bulletin: str, layout: str) -> None:
    """In a fresh process: run the command here, with a clock round each stage, and print what each took.

    `began` is the parent's clock when it started this process. Imports count as such wherever they
    happen; a stage's time is without them.
    """
    import builtins

    clock = Clock()
    clock.spent[START] = time.perf_counter() - began
    builtins.__import__ = clock.wrapped(IMPORTS, builtins.__import__)
    with clock.stage(IMPORTS):
        for module, _, _ in STAGES:
            importlib.import_module(module)
        for module, path, stage in STAGES:
            _put_clock(clock, sys.modules[module], path, stage)
        importlib.import_module("typeset.cli")
    # in one process, so that every stage can be timed; the command may write the DOCX beside make-up
    sys.modules["typeset.pipeline"].make(bulletin, layout, "out", ("pdf", "docx"))
    with clock.stage(REST):
        pass
    print(json.dumps(clock.spent))


def _put_clock(clock: Clock, module: ModuleType, path: str, stage: str) -> None:
    """Wrap a stage's function wherever it has been imported to."""
    *outer, name = path.split(".")
    if outer:
        owner = getattr(module, outer[0])
        setattr(owner, name, staticmethod(clock.wrapped(stage, getattr(owner, name))))
        return
    function = getattr(module, name)
    timed = clock.wrapped(stage, function)
    for other in [m for key, m in sys.modules.items() if key.partition(".")[0] == "typeset"]:
        if vars(other).get(name) is function:
            setattr(other, name, timed)


# ---------------------------------------------------------------- the table


@dataclass(slots=True)
class Case:
    """One text in one layout: its runs by program, and what is known of it."""

    size: int
    layout: str
    articles: int = 0
    pages: int = 0
    typst_pages: int = 0
    characters: int = 0
    pdf_kb: float = 0.0
    typst_kb: float = 0.0
    runs: dict[str, list[Run]] = field(default_factory=dict)
    all_mb: dict[str, float] = field(default_factory=dict)
    stages: list[dict[str, float]] = field(default_factory=list)

    def median(self, program: str, of: Callable[[Run], float] = lambda r: r.wall_s) -> float | None:
        runs = self.runs.get(program, [])
        return statistics.median(map(of, runs)) if runs and not any(r.failure for r in runs) else None


def measure(size: int, layout: str, runs: int, with_typst: bool, limit_s: float, folder: Path) -> Case:
    """All runs of one text in one layout."""
    case = Case(size, layout)
    bulletin = folder / "bulletin.txt"
    bulletin.write_text(varied(SAMPLE.read_text(encoding="utf-8"), size), encoding="utf-8")
    command = typeset_command()
    programs: dict[str, list[str]] = {
        formats: [*command, "make", str(bulletin), "--layout", layout, "--formats", formats]
        for formats in FORMATS
    }
    parse = [*command, "parse", str(bulletin), "--format", "json", "--out", str(folder / PARSED)]
    plan = [*command, "make", str(bulletin), "--layout", layout, "--formats", "json"]
    for line in (parse, plan):
        one = run(line, folder, limit_s)
        if one.failure:
            case.runs[FORMATS[0]] = [one]
            return case
    case.articles, case.pages = _apart(prepare_typst, folder, layout)
    if with_typst:
        programs[TYPST] = [sys.executable, "-c", TYPST_RUN, str(folder / MARKUP), str(ROOT / "fonts")]
    for turn in range(runs + 1):
        for program, line in programs.items():
            done = case.runs.setdefault(program, [])
            if done and done[0].failure:
                continue
            one = run(line, folder, limit_s, sample=not turn)
            if turn or one.failure:
                done.append(one)
            else:
                case.all_mb[program] = one.all_mb
    if with_typst and (folder / "typst.pdf").is_file():
        case.typst_pages = _apart(_page_count, folder / "typst.pdf")
        case.typst_kb = _apart(_kilobytes, folder / "typst.pdf")
    case.pdf_kb = _apart(_kilobytes, folder / "out" / "bulletin.pdf")
    case.characters = len("".join(bulletin.read_text(encoding="utf-8").split()))
    for _ in range(runs):
        began = time.perf_counter()
        line = [sys.executable, "-m", "tests.bench", "--split", str(began), str(bulletin), layout]
        told = subprocess.run(
            line, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
        )
        if told.returncode:
            print(f"  stages: {told.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            break
        case.stages.append(json.loads(told.stdout.strip().splitlines()[-1]))
    return case


def _apart(function: Callable[..., Any], *args: Any) -> Any:
    """Call in a process of its own: a run's peak memory is no less than its parent's, so ours stays small."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, args)


def _page_count(pdf: Path) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def _kilobytes(pdf: Path) -> float:
    """A file's size without its output profile."""
    import pikepdf

    size = pdf.stat().st_size
    with pikepdf.open(pdf) as opened:
        for intent in opened.Root.get("/OutputIntents", []):
            if "/DestOutputProfile" in intent:
                size -= len(intent["/DestOutputProfile"].read_raw_bytes())
    return size / 1000


def report(cases: Sequence[Case]) -> None:
    first = {case.layout: case for case in reversed(cases)}
    heads = ("wall s", "cpu s", "peak MB", "all MB", "/ typst", "growth")
    print(
        f"\n{'layout':<9}{'text':>6}{'articles':>9}{'program':>18}{'pages':>7}"
        + "".join(f"{h:>9}" for h in heads)
    )
    for case in cases:
        typst = case.median(TYPST)
        for program, runs in case.runs.items():
            name = program if program == TYPST else f"typeset {program}"
            pages = case.typst_pages if program == TYPST else case.pages
            print(f"{case.layout:<9}{case.size:>5}×{case.articles:>9}{name:>18}{pages:>7}", end="")
            wall = case.median(program)
            if wall is None:
                print(f"  {next(r.failure for r in runs if r.failure)}")
                continue
            cpu, peak = case.median(program, lambda r: r.cpu_s), case.median(program, lambda r: r.peak_mb)
            ratio = f"{wall / typst:.2f}" if typst and program != TYPST else ""
            base = first[case.layout]
            least = base.median(program)
            growth = f"{wall / least / (case.size / base.size):.2f}" if least and case is not base else ""
            print(
                f"{wall:>9.2f}{cpu:>9.2f}{peak:>9.0f}{case.all_mb.get(program, 0):>9.0f}{ratio:>9}{growth:>9}"
            )
    print("growth: time against the smallest size's, per copy; 1 is linear")
    print(f"\n{'seconds':<9}{'text':>6}" + "".join(f"{name:>15}" for name in COLUMNS))
    for case in cases:
        if case.stages:
            medians = (statistics.median(stage[name] for stage in case.stages) for name in COLUMNS)
            print(f"{case.layout:<9}{case.size:>5}×" + "".join(f"{value:>15.3f}" for value in medians))
    print(
        "pdf,docx, one stage after another in one process; imports wherever they happen, stages without them"
    )
    print(
        f"\n{'PDF':<9}{'text':>6}{'characters':>12}{'write s':>9}{'per 200k':>10}{'kB':>9}{'typst kB':>10}{'/ typst':>9}"
    )
    for case in cases:
        written = statistics.median(stage["pdf"] for stage in case.stages) if case.stages else 0.0
        each = written / case.characters * 200_000 if case.characters else 0.0
        ratio = f"{case.pdf_kb / case.typst_kb:.2f}" if case.typst_kb else ""
        print(
            f"{case.layout:<9}{case.size:>5}×{case.characters:>12}{written:>9.3f}{each:>10.2f}"
            f"{case.pdf_kb:>9.0f}{case.typst_kb:>10.0f}{ratio:>9}"
        )


def versions(with_typst: bool) -> str:
    names = ("typeset", *(("typst",) if with_typst else ()), "numpy", "python-docx", "uharfbuzz")
    said = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    return f"Python {platform.python_version()}, {said}; {machine}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1,10,100", help="multiples of the sample (%(default)s)")
    parser.add_argument("--layouts", default="tabloid,a4")
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each (%(default)s)")
    parser.add_argument(
        "--limit", type=float, default=120, help="seconds after which a run is given up (%(default)s)"
    )
    parser.add_argument("--no-typst", action="store_true")
    parser.add_argument(
        "--composer", action="store_true", help="the composer alone, on several texts and measures"
    )
    parser.add_argument("--parse", action="store_true", help="the parser alone (see tests/bench_parse.py)")
    parser.add_argument("--makeup", action="store_true", help="make-up alone (see tests/bench_makeup.py)")
    parser.add_argument("--split", nargs=3, metavar=("BEGAN", "BULLETIN", "LAYOUT"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.split:
        split(float(args.split[0]), args.split[1], args.split[2])
        return
    with_typst = not args.no_typst and find_spec("typst") is not None
    print(versions(with_typst))
    if args.composer:
        importlib.import_module("tests.bench_composer").compose_table(max(args.runs, 5), with_typst)
        return
    if args.makeup:
        importlib.import_module("tests.bench_makeup").makeup_table(200)
        return
    if args.parse:
        importlib.import_module("tests.bench_parse").report(max(args.runs, 9), 10)
        return
    print(f"medians of {args.runs} runs taking turns, after one uncounted")
    cases = []
    load = os.getloadavg()[0]
    for layout in args.layouts.split(","):
        for size in map(int, args.sizes.split(",")):
            print(f"  {layout} {size}×", file=sys.stderr)
            with tempfile.TemporaryDirectory() as folder:
                cases.append(measure(size, layout, args.runs, with_typst, args.limit, Path(folder)))
    report(cases)
    print(
        f"load average {load:.1f} before, {os.getloadavg()[0]:.1f} after; other work here lengthens wall time"
    )


if __name__ == "__main__":
    main()
