"""csv, tsv and their kin: in which encoding, with which delimiter, and the cells."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from sheets.workbook import Sheet, Workbook

DELIMITERS = ",;\t|:~^"
# What one cell may hold; more means that a quotation mark was never closed.
MAX_CELL = 20_000
# What Python itself allows a field of csv; less would surprise whoever reads one after us.
_USUAL_LIMIT = 131_072


def decode(data: bytes) -> str:
    """The text of a file in whatever encoding it was saved; nothing is refused here."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _unmarked_wide_encoding(data[:4000])
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_damaged_or_old(data, error)


def is_binary(text: str) -> bool:
    """Whether this is no text at all: more than a few control characters in its first pages."""
    start = text[:10_000]
    strange = sum(1 for character in start if character < " " and character not in "\t\r\n\f\x0b\x1a")
    return strange > max(3, len(start) // 100)


def read(text: str) -> Workbook:
    """One sheet; the delimiter is the one that divides the first lines most evenly, or what `sep=` says."""
    text = text.replace("\x00", "")
    top, delimiter = 1, ""
    stated = _STATED.match(text)
    if stated:
        delimiter, text, top = stated[1], text[stated.end() :], 2
    delimiter = delimiter or _delimiter(text[:65536])
    walk = _by_line if _has_open_quote(text, delimiter) else _by_record
    return Workbook("tsv" if delimiter == "\t" else "csv", [Sheet("", lambda: walk(text, delimiter), top)])


def _by_record(text: str, delimiter: str) -> Iterator[list]:
    csv.field_size_limit(max(len(text) + 1, _USUAL_LIMIT))
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t")


def _by_line(text: str, delimiter: str) -> Iterator[list]:
    """Each line for itself: a quotation mark that nobody closed then spoils its own line and no other."""
    csv.field_size_limit(max(len(text) + 1, _USUAL_LIMIT))
    for line in re.split(r"\r\n|\r|\n", text):
        closed = line if line.count('"') % 2 == 0 else line.replace('"', "")
        yield next(csv.reader([closed], delimiter=delimiter, skipinitialspace=delimiter != "\t"), [])


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STATED = re.compile(r"\s*\"?sep=([,;\t|:~^ ])\"?[,;\t ]*(?:\r\n|\r|\n)", re.IGNORECASE)


def _unmarked_wide_encoding(start: bytes) -> str:
    """UTF-16 or UTF-32 without a mark shows by where its zero bytes stand."""
    share = [start[place::4].count(0) / max(1, len(start) // 4) for place in range(4)]
    if min(share[1:]) > 0.6 and share[0] < 0.3:
        return "utf-32-le"
    if min(share[:3]) > 0.6 and share[3] < 0.3:
        return "utf-32-be"
    if share[1] > 0.3 and share[3] > 0.3 and max(share[0], share[2]) < 0.1:
        return "utf-16-le"
    if share[0] > 0.3 and share[2] > 0.3 and max(share[1], share[3]) < 0.1:
        return "utf-16-be"
    return ""


def _decode_damaged_or_old(data: bytes, error: UnicodeDecodeError) -> str:
    rescued = data.decode("utf-8", "replace")
    lost = rescued.count("\ufffd")
    whole = sum(1 for character in rescued if character > "\x7f") - lost
    if lost * 10 < whole:
        return rescued
    if b"\r" in data and b"\n" not in data:
        # Only old Macs end lines like this.
        return data.decode("mac_roman")
    from charset_normalizer import from_bytes

    around = data[max(0, error.start - 20_000) : error.start + 40_000]
    guess = from_bytes(around, cp_isolation=_OLD_ENCODINGS).best()
    encoding = guess.encoding if guess else "cp1252"
    # So few letters prove nothing: they are then what most programs write.
    few = sum(1 for byte in data if byte > 0x7F) < _PROOF
    return data.decode("cp1252" if few and encoding in _NEIGHBOURS else encoding, "replace")


# Encodings that share most of their letters with cp1252.
_NEIGHBOURS = ("cp1250", "cp1254")
_PROOF = 6


# What shops' programs on Windows and old Macs write. The first that reads sensibly is taken.
_OLD_ENCODINGS = ["cp1252", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp850"]


def _delimiter(start: str) -> str:
    lines = [line for line in re.split(r"\r\n|\r|\n", start) if line.strip()][:200]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        widths.pop(1, None)
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        if delimiter in _RARELY and count * 2 < len(lines):
            continue
        score = count / len(lines) + min(width, 10) / 100 - _RARELY.get(delimiter, 0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


# A colon stands in times and labels, a tilde and a caret in text: they need a better reason than a comma.
_RARELY = {":": 0.3, "~": 0.1, "^": 0.1, "|": 0.02}


def _has_open_quote(text: str, delimiter: str) -> bool:
    """Whether a quotation mark is never closed, so that one cell would swallow the people below it."""
    if '"' not in text:
        return False
    if text.count('"') % 2:
        return True
    csv.field_size_limit(MAX_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.count("\n") > 50 for cell in row if len(cell) > 200):
                return True
    except csv.Error:
        return True
    return False
