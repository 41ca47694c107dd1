"""Rows and columns out of words on a page without ruled lines, by the gaps that run down and across it."""

import itertools
import re
import statistics
from collections.abc import Iterable
from typing import Any

Word = dict[str, Any]


def rows_by_gaps(words: list[Word]) -> list[list[str]]:
    """The cells of a page, top to bottom. `words` have text, x0, x1, top and bottom in points.

    A line that only goes on with the row above (a wrapped address, the second half of a phone) is joined
    to it by a line end in its cells.
    """
    lines = _lines(words)
    if not lines:
        return []
    edges = _edges(lines)
    table = [_cells(line, edges) for line in lines]
    tops = [min(word["top"] for word in line) for line in lines]
    return _joined(table, _starts(table, tops))


def _lines(words: list[Word]) -> list[list[Word]]:
    """Words whose middles are level, left to right."""
    lines: list[list[Word]] = []
    level = height = 0.0
    for word in sorted(words, key=_middle):
        if lines and _middle(word) - level <= height * 0.4:
            lines[-1].append(word)
        else:
            lines.append([word])
            level, height = _middle(word), word["bottom"] - word["top"]
    return [sorted(line, key=lambda word: word["x0"]) for line in lines]


def _middle(word: Word) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _segments(line: list[Word]) -> list[tuple[float, float]]:
    """The stretches of a line that are set without a wide gap."""
    segments: list[tuple[float, float]] = []
    for word in line:
        gap = 0.75 * (word["bottom"] - word["top"])
        if segments and word["x0"] - segments[-1][1] < gap:
            segments[-1] = (segments[-1][0], max(segments[-1][1], word["x1"]))
        else:
            segments.append((word["x0"], word["x1"]))
    return segments


def _edges(lines: list[list[Word]]) -> list[float]:
    """Where one column ends and the next begins: the middles of the gaps that (nearly) no line crosses."""
    stretches = _telling(lines)
    if not stretches:
        return []
    right = int(max(end for segments in stretches for _, end in segments)) + 2
    crossed = [0] * (right + 1)
    for begin, end in itertools.chain.from_iterable(stretches):
        for place in range(max(0, int(begin)), min(right, int(end) + 1)):
            crossed[place] += 1
    allowed = len(stretches) * 0.04
    runs = [
        [place for place, _ in run]
        for busy, run in itertools.groupby(enumerate(crossed), lambda at: at[1] > allowed)
        if not busy
    ]
    return [(run[0] + run[-1]) / 2 for run in runs if len(run) >= 3 and run[0] > 0 and run[-1] < right]


def _telling(lines: list[list[Word]]) -> list[list[tuple[float, float]]]:
    """The lines that show the columns: those with a phone, or else those in as many stretches as most are."""
    divided = [
        (line, segments)
        for line, segments in zip(lines, map(_segments, lines), strict=True)
        if len(segments) > 1
    ]
    with_phone = [
        segments for line, segments in divided if _LONG_NUMBER.search(" ".join(word["text"] for word in line))
    ]
    if len(with_phone) > 1 or not divided:
        return with_phone
    usual = statistics.mode(len(segments) for _, segments in divided)
    return [segments for _, segments in divided if len(segments) == usual]


def _cells(line: list[Word], edges: list[float]) -> list[str]:
    cells = [""] * (len(edges) + 1)
    for word in line:
        middle = (word["x0"] + word["x1"]) / 2
        place = sum(1 for edge in edges if edge < middle)
        cells[place] = f"{cells[place]} {word['text']}".strip()
    return cells


def _starts(table: list[list[str]], tops: list[float]) -> list[bool]:
    """Which lines begin a row: by the distances between lines if these tell, else by what the lines hold."""
    distances = [lower - upper for upper, lower in itertools.pairwise(tops)]
    by_distance = [True, *(distance > _row_distance(distances) for distance in distances)]
    if not all(by_distance) and not _tears_phones_together(table, by_distance):
        return by_distance
    return [not _goes_on(above, row) for above, row in zip([[], *table], table, strict=False)]


def _row_distance(distances: list[float]) -> float:
    """The distance above which a line begins a new row; 0 if all lines stand equally far apart."""
    if len(distances) < 4:
        return 0.0
    ordered = sorted(distances)
    narrow = ordered[len(ordered) // 20]
    wide = [distance for distance in ordered if distance > narrow * 1.2]
    if len(wide) * 4 < len(ordered):
        return 0.0
    return (narrow + statistics.median(wide)) / 2


_LONG_NUMBER = re.compile(r"\d[\d ()+-]{6,}\d")
_PHONE = re.compile(r"(?<!\d)(?:\+?91[ -]?|0)?[6-9]\d{4}[ -]?\d{5}(?!\d)")


def _tears_phones_together(table: list[list[str]], starts: list[bool]) -> bool:
    """Whether rows begun at `starts` would often hold several whole phones, which is several people."""
    groups: list[int] = []
    for row, begins in zip(table, starts, strict=True):
        if begins:
            groups.append(0)
        groups[-1] += any(_PHONE.search(cell) for cell in row)
    return sum(1 for count in groups if count > 1) * 5 > sum(1 for count in groups if count)


def _goes_on(above: list[str], row: list[str]) -> bool:
    """Whether a line only goes on with the one above: it leaves the first column blank, and most others."""
    filled = sum(1 for cell in row if cell)
    return (
        bool(above)
        and len(row) > 2
        and not row[0]
        and bool(above[0])
        and filled * 2 <= sum(map(bool, above)) + 1
    )


def _joined(table: list[list[str]], starts: Iterable[bool]) -> list[list[str]]:
    rows: list[list[str]] = []
    for row, begins in zip(table, starts, strict=True):
        if begins or not rows:
            rows.append(row)
        else:
            rows[-1] = ["\n".join(filter(None, both)) for both in zip(rows[-1], row, strict=True)]
    return rows
