"""`flask coverage rebuild` says what it has done."""

import pytest

from report_tables import Therapy
from tests.conversation import open_shop
from tests.refilling import buy


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_covered_days_are_reckoned_anew(run):
    buy(open_shop().alice)
    Therapy.delete().execute()
    said = run.invoke(args=["coverage", "rebuild"])
    assert "covered days of 1 customer are" in said.output
    assert Therapy.select().count() == 1
