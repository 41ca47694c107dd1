"""A picture drawn from lines of words, as the templates `chart_<name>` write them.

    = Title                      once, on top
    - words                      a quiet line
    ! 42% | of those we called   one large figure and what it is
    > Section                    a heading
    # label | value | 0.42       a bar as long as that share of the width
    #! label | value | 0.42      the same, for what needs attention
    ~ -0.02 | 0.05 | 0.12        an interval with its middle, about zero

Colours are Okabe and Ito's, which colour-blind people tell apart; nothing is told by colour alone. Letters
are drawn by resvg, which shapes Hindi rightly, with fonts of our own.
"""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import resvg_py

_FONTS = sorted(str(path) for path in (Path(__file__).parent / "fonts").glob("*.ttf"))
_FAMILY = "Noto Sans"

# A phone shows 1080 points about seven centimetres wide: 40 of them are the size of a chat's letters.
_WIDTH = 1080
_MARGIN = 64
_INNER = _WIDTH - 2 * _MARGIN

_INK, _QUIET, _TRACK, _PAPER = "#1B1F23", "#586069", "#E4E8EC", "#FFFFFF"
_BLUE, _ORANGE = "#0072B2", "#D55E00"

# What a label may be long beside its value, in letters.
_LONGEST_LABEL = 34


def picture(words: str) -> bytes:
    """The PNG of these lines; raises `ValueError` for a line that is none of the above."""
    svg = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", width=str(_WIDTH))
    svg.set("font-family", _FAMILY)
    paper = ElementTree.SubElement(svg, "rect", width="100%", height="100%", fill=_PAPER)
    down = float(_MARGIN)
    for line in filter(None, map(str.strip, words.splitlines())):
        mark, _, rest = line.partition(" ")
        if mark not in _DRAWN:
            raise ValueError(f"{mark!r} begins no line of a chart")
        down = _DRAWN[mark](svg, down, [part.strip() for part in rest.split(" | ")])
    height = f"{down + _MARGIN:.0f}"
    svg.set("height", height)
    paper.set("height", height)
    text = ElementTree.tostring(svg, encoding="unicode")
    return bytes(resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True, font_files=_FONTS))


def _title(svg: ElementTree.Element, down: float, parts: list[str]) -> float:
    _text(svg, _MARGIN, down + 56, " | ".join(parts), size=60, weight="bold")
    return down + 84


def _quiet(svg: ElementTree.Element, down: float, parts: list[str]) -> float:
    for line in _wrapped(" | ".join(parts), 46):
        _text(svg, _MARGIN, down + 36, line, size=38, fill=_QUIET)
        down += 52
    return down + 4


def _figure(svg: ElementTree.Element, down: float, parts: list[str]) -> float:
    figure, *caption = parts
    _text(svg, _MARGIN, down + 118, figure, size=112, weight="bold", fill=_BLUE)
    return _quiet(svg, down + 140, caption)


def _section(svg: ElementTree.Element, down: float, parts: list[str]) -> float:
    ElementTree.SubElement(
        svg, "rect", x=str(_MARGIN), y=f"{down + 22:.0f}", width=str(_INNER), height="3", fill=_TRACK
    )
    _text(svg, _MARGIN, down + 82, " | ".join(parts), size=42, weight="bold")
    return down + 104


def _bar(svg: ElementTree.Element, down: float, parts: list[str], fill: str = _BLUE) -> float:
    *label, value, share = parts
    _text(svg, _MARGIN, down + 42, _shortened(" | ".join(label), value), size=38)
    _text(svg, _WIDTH - _MARGIN, down + 42, value, size=38, weight="bold", anchor="end")
    _line(svg, down + 60, 0, 1, _TRACK, 22)
    filled = min(max(float(share), 0.0), 1.0)
    if filled:
        _line(svg, down + 60, 0, max(filled, 0.012), fill, 22)
    return down + 106


def _attention(svg: ElementTree.Element, down: float, parts: list[str]) -> float:
    return _bar(svg, down, parts, _ORANGE)


def _interval(svg: ElementTree.Element, down: float, parts: list[str]) -> float:
    low, middle, high = (float(part) for part in parts)
    reach = max(abs(low), abs(high), 0.01) * 1.15
    at_low, at_middle, at_high = ((each + reach) / (2 * reach) for each in (low, middle, high))
    _line(svg, down + 44, 0, 1, _TRACK, 6)
    _line(svg, down + 14, 0.5 - 0.0015, 0.5 + 0.0015, _QUIET, 66)
    _line(svg, down + 38, at_low, at_high, _BLUE, 18)
    ElementTree.SubElement(
        svg, "circle", cx=f"{_MARGIN + at_middle * _INNER:.1f}", cy=f"{down + 47:.1f}", r="22", fill=_BLUE
    )
    _text(svg, _MARGIN + _INNER / 2, down + 124, "0", size=34, fill=_QUIET, anchor="middle")
    return down + 144


_DRAWN: dict[str, Callable[[ElementTree.Element, float, list[str]], float]] = {
    "=": _title,
    "-": _quiet,
    "!": _figure,
    ">": _section,
    "#": _bar,
    "#!": _attention,
    "~": _interval,
}


def _line(svg: ElementTree.Element, down: float, begin: float, end: float, fill: str, thick: float) -> None:
    """A bar from one share of the width to another."""
    ElementTree.SubElement(
        svg,
        "rect",
        x=f"{_MARGIN + begin * _INNER:.1f}",
        y=f"{down:.1f}",
        width=f"{(end - begin) * _INNER:.1f}",
        height=f"{thick:.1f}",
        rx=f"{min(thick, 16) / 2:.0f}",
        fill=fill,
    )


def _text(
    svg: ElementTree.Element,
    across: float,
    down: float,
    words: str,
    *,
    size: int,
    weight: str = "normal",
    fill: str = _INK,
    anchor: str = "start",
) -> None:
    line = ElementTree.SubElement(svg, "text", x=f"{across:.1f}", y=f"{down:.1f}", fill=fill)
    line.set("font-size", str(size))
    line.set("font-weight", weight)
    line.set("text-anchor", anchor)
    line.text = words


def _shortened(label: str, value: str) -> str:
    room = max(12, _LONGEST_LABEL + 12 - len(value))
    return label if len(label) <= room else label[: room - 1].rstrip() + "…"


def _wrapped(words: str, room: int) -> list[str]:
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
