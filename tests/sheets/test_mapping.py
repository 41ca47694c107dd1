"""What a person says about the columns."""

import pytest

from sheets.mapping import field_named, parse_mapping
from sheets.unreadable import Unreadable


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("name = column C", {"name": "C"}),
        ("Name=C, phone = col D", {"name": "C", "phone": "D"}),
        ("name = C\nfurther phones = D, E", {"name": "C", "further_phones": "D,E"}),
        ('mobile = "Mobile 2"; पता = कॉलम F', {"phone": "Mobile 2", "address": "F"}),
        ("notes = none", {"notes": "none"}),
        ("", {}),
    ],
)
def test_a_mapping_is_read_as_people_write_it(text, wanted):
    assert parse_mapping(text) == wanted


def test_a_field_we_do_not_have_is_refused_by_its_name():
    with pytest.raises(Unreadable) as refusal:
        field_named("shoe size")
    assert (refusal.value.code, refusal.value.facts) == ("unknown_field", {"field": "shoe size"})
