"""Files made to do harm, and parsers that die of them: the process that asked lives on."""

import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from typing import Any

import openpyxl
import psutil
import pytest

from sheets import loading, sandbox
from sheets.limits import MEGABYTE, Limits
from sheets.unreadable import Unreadable
from tests.sheets.files import HEADER, RAVI, SITA, ods, people, read, saved, with_part, xlsx, xml_2003

SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes) -> str:
    """The code by which a file is refused."""
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert "fault" not in refusal.value.facts
    return refusal.value.code


def _far(cell: str) -> bytes:
    book = openpyxl.Workbook()
    for row in (HEADER, RAVI):
        book.active.append(row)
    book.active[cell] = "stray"
    return saved(book)


@pytest.mark.parametrize("cell", ["XFD1048576", "XFD3", "A1048576", "BZ900000"])
def test_a_stray_cell_at_the_end_of_the_world_costs_nobody_their_contacts(cell):
    assert people(_far(cell)) == [("+919876543210", "Ravi")]


_FAR_COLUMN = '<table:table-cell table:number-columns-repeated="16383"/>'
_FAR_CELL = '<table:table-cell office:value-type="string"><text:p>stray</text:p></table:table-cell>'


@pytest.mark.parametrize("before", ["", _FAR_COLUMN])
def test_a_stray_cell_at_the_end_of_an_ods_costs_nobody_their_contacts(before):
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    stray = f"{blank}<table:table-row>{before}{_FAR_CELL}</table:table-row></table:table>"
    data = with_part(ods([HEADER, RAVI]), "content.xml", (b"</table:table>", stray.encode()))
    assert people(data) == [("+919876543210", "Ravi")]


@pytest.mark.parametrize("declared", ['"boom"', 'SYSTEM "file:///etc/passwd"'])
def test_the_xml_of_2003_declares_no_entities(declared):
    data = xml_2003([HEADER, ["&e;", 9876543210]])
    document = f"<!DOCTYPE x [<!ENTITY e {declared}>]><Workbook".encode()
    assert refused(data.replace(b"<Workbook", document)) == "damaged"


_NOBODY: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _nobody_runs_python() -> bool:
    """Whether this Python can be started by nobody: only root may try, and its folder may be closed."""
    try:
        return not os.geteuid() and subprocess.run([sys.executable, "-c", ""], **_NOBODY).returncode == 0
    except PermissionError:
        return False


@pytest.mark.skipif(not _nobody_runs_python(), reason="nobody cannot start this Python")
def test_an_ordinary_user_may_read():
    code = "from sheets import loading; print(len(list(loading.load(b'Name,Mobile\\nRavi,9876543210\\n'))))"
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=sandbox.ROOT, env=path, capture_output=True, text=True, **_NOBODY
    )
    assert done.stdout == "1\n"


def test_a_declared_million_rows_that_are_not_there_are_not_read():
    data = with_part(xlsx([HEADER, RAVI]), SHEET, (b'ref="A1:B2"', b'ref="A1:XFD1048576"'))
    assert people(data) == [("+919876543210", "Ravi")]


def test_a_zip_bomb_is_too_large(monkeypatch):
    monkeypatch.setattr(loading, "LIMITS", Limits(memory=200 * MEGABYTE))
    bomb = (
        b'<row r="9"><c r="A9" t="inlineStr"><is><t>'
        + b"A" * (100 * MEGABYTE)
        + b"</t></is></c></row></sheetData>"
    )
    assert refused(with_part(xlsx([HEADER, RAVI]), SHEET, (b"</sheetData>", bomb))) == "too_large"


def _with_entities(declared: str) -> bytes:
    """A sheet in which a name is the entity `a`, declared like this."""
    data = with_part(xlsx([HEADER, ["ENTITY", 9876543210]]), SHEET, (b"ENTITY", b"&a;"))
    return with_part(data, SHEET, (b"<worksheet ", f"<!DOCTYPE x [{declared}]><worksheet ".encode()))


def test_an_entity_bomb_is_damage_and_does_not_unfold():
    bomb = '<!ENTITY c "ha"><!ENTITY b "&c;&c;&c;&c;&c;&c;"><!ENTITY a "&b;&b;&b;&b;&b;&b;">'
    assert refused(_with_entities(bomb)) == "damaged"


def test_an_external_entity_is_not_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("9876543210")
    assert refused(_with_entities(f'<!ENTITY a SYSTEM "file://{secret}">')) == "damaged"


@pytest.mark.parametrize("limits", [Limits(memory=90 * MEGABYTE), Limits(output=100_000)])
def test_a_child_that_wants_too_much_is_ended(monkeypatch, limits):
    many = b"Name,Mobile\n" + b"".join(b"Person %d,98%08d\n" % (number, number) for number in range(200_000))
    monkeypatch.setattr(loading, "LIMITS", limits)
    assert refused(many) == "too_large"


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        (
            "from sheets.limits import Limits, confine; confine(Limits(processor=1))\nwhile True: pass",
            Limits(),
        ),
        ("import time; time.sleep(60)", Limits(waiting=1)),
    ],
)
def test_a_child_that_takes_too_long_is_ended(monkeypatch, body, limits):
    monkeypatch.setattr(sandbox, "COMMAND", [sys.executable, "-c", body])
    monkeypatch.setattr(loading, "LIMITS", limits)
    assert refused(xlsx([HEADER, RAVI])) == "too_large"


def test_a_child_that_is_killed_is_a_refusal(monkeypatch):
    monkeypatch.setattr(sandbox, "COMMAND", [sys.executable, "-c", "import os; os.abort()"])
    assert refused(xlsx([HEADER, RAVI])) == "too_large"


def test_the_child_is_given_no_environment_of_ours(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret of the tests")
    tell = "import json, os; print(json.dumps(dict(os.environ)))"
    monkeypatch.setattr(sandbox, "COMMAND", [sys.executable, "-c", tell])
    (line,) = sandbox.run(b"", Limits())
    assert set(json.loads(line)) <= {"PYTHONPATH", "PYTHONUTF8", "LC_CTYPE"}


def test_the_child_is_gone_when_the_rows_are_no_longer_wanted():
    many = b"Name,Mobile\n" + b"".join(b"Person,98%08d\n" % number for number in range(100_000))
    # The servers of other tests are children of ours, too.
    others = set(psutil.Process().children())
    with loading.load(many) as sheet:
        next(iter(sheet))
        assert set(psutil.Process().children()) > others
    assert set(psutil.Process().children()) <= others


def test_threads_may_read_at_the_same_time():
    found: list[int] = []
    data = xlsx([HEADER, RAVI])
    threads = [threading.Thread(target=lambda: found.append(len(people(data)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1, 1, 1, 1]


def test_a_forked_worker_may_read():
    code = (
        "import os, sys\n"
        "from sheets import loading\n"
        "child = os.fork()\n"
        "if child: sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
        "print(len(list(loading.load(b'Name,Mobile\\nRavi,9876543210\\n'))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=sandbox.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"


def test_a_hidden_sheet_of_an_ods_stays_hidden_beside_a_far_cell():
    hiding = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    space = '<table:table-row table:number-rows-repeated="1048570"/><table:table-row><table:table-cell'
    far = f'{space} table:number-columns-repeated="16383"/><table:table-cell><text:p>x</text:p>'
    sheet = ods([HEADER, RAVI])
    own, hidden = f"{far}</table:table-cell></table:table-row></table:table>", _ods_table(SITA)
    data = with_part(sheet, "content.xml", (b"</table:table>", (own + hidden).encode()))
    data = with_part(data, "content.xml", (b"<office:body>", f"{hiding}<office:body>".encode()))
    space_of_style = b' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><style:style'
    data = with_part(data, "content.xml", (b"><style:style", space_of_style))
    assert people(data) == [("+919876543210", "Ravi")]
    assert len(people(data, hidden=True)) == 2


def _ods_table(*people):
    rows = ods([HEADER, *people])
    with zipfile.ZipFile(io.BytesIO(rows)) as package:
        content = package.read("content.xml").decode()
    table = content[content.index("<table:table ") : content.index("</table:table>")] + "</table:table>"
    return table.replace('table:name="S1"', 'table:name="S2" table:style-name="h"')
