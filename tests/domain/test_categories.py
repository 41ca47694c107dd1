"""Which purchases move a customer from one category to the next."""

from datetime import date, timedelta

import pytest

from domain import categories
from domain.people import of_contact
from models import Customer
from tests.conversation import Shop, fresh, new_contact, new_customer
from tests.selling import TODAY, listed, sell, some


def history(shop: Shop, *bought: bool, told_on: date | None = None, same_day: bool = False) -> str:
    """Alice's category once she has bought generics (True) and brands (False), a month apart."""
    brand, generic = listed(shop.company, "Telma 40"), listed(shop.company, "Telmisartan 40", is_generic=True)
    Customer.update(educated_on=told_on).execute()
    for month, is_generic in enumerate(bought):
        on = TODAY + timedelta(days=0 if same_day else 30 * month)
        sell(shop.alice, some(generic if is_generic else brand), on=on)
    return fresh(shop.alice).category


BRAND, GENERIC = False, True


@pytest.mark.parametrize(
    ("bought", "category"),
    [
        ([BRAND], "first_time_prescription"),
        ([BRAND, BRAND], "regular_branded"),
        ([GENERIC], "first_time_prescription"),
        ([GENERIC, GENERIC], "generic_informed"),
        ([BRAND, GENERIC], "generic_informed"),
        ([GENERIC, BRAND], "first_time_prescription"),
        ([BRAND, BRAND, GENERIC], "generic_informed"),
        ([BRAND, GENERIC, BRAND, BRAND], "generic_informed"),
    ],
)
def test_what_is_bought_moves_the_customer_on_and_never_back(shop, bought, category) -> None:
    assert history(shop, *bought) == category


def test_a_day_counts_once(shop) -> None:
    assert history(shop, BRAND, BRAND, BRAND, same_day=True) == "first_time_prescription"


def test_who_was_told_is_informed_by_the_first_generic(shop) -> None:
    assert history(shop, GENERIC, told_on=TODAY) == "generic_informed"


def test_who_was_told_but_goes_on_with_brands_is_a_regular(shop) -> None:
    assert history(shop, BRAND, BRAND, told_on=TODAY) == "regular_branded"


def test_who_comes_from_a_sheet_begins_there_and_moves_on(shop) -> None:
    contact, telma = new_contact(shop.company, "Ravi", "+919899912345"), listed(shop.company, "Telma 40")
    first = sell(of_contact(contact), some(telma))
    assert first.customer.category == "contact_sheet"
    assert (
        sell(first.customer, some(telma), on=TODAY + timedelta(days=30)).customer.category
        == "regular_branded"
    )


def test_who_is_called_informed_at_the_counter_has_been_told(shop) -> None:
    telma = listed(shop.company, "Telma 40")
    alice = sell(shop.alice, some(telma), category="generic_informed", staff=shop.bob).customer
    assert (alice.category, alice.educated_on, alice.educated_by) == ("generic_informed", TODAY, shop.bob)


def test_regulars_whom_nobody_told_are_listed_the_latest_first(shop) -> None:
    telma = listed(shop.company, "Telma 40")
    ravi, kiran = (
        new_customer(shop.company, name, f"+91989990000{n}") for n, name in enumerate(("Ravi", "Kiran"))
    )
    for customer, day in ((shop.alice, 30), (ravi, 40), (kiran, 50)):
        for on in (0, day):
            sell(customer, some(telma), on=TODAY + timedelta(days=on))
    Customer.update(educated_on=TODAY).where(Customer.id == kiran.id).execute()
    assert categories.to_educate(shop.bob) == [ravi, shop.alice]
