"""A campaign goes out and a long sheet is read while people chat: nobody waits behind them."""

import time

from tests.end_to_end.desk import Desk
from tests.end_to_end.processes import wait_until
from tests.end_to_end.sheets import CONSENT, materials, set_rate, sheet

BOB, MEERA = "+919820000004", "+919820000002"
COUNT = 500


def test_staff_are_answered_while_a_campaign_goes_out(desk: Desk) -> None:
    set_rate(desk, 80)
    people, content = sheet(COUNT)
    desk.say(MEERA, "help", "What you can write")
    desk.attach(BOB, "walk-ins.csv", content, CONSENT)
    wait_until(lambda: materials(desk), situation=desk.situation)
    desk.attach(BOB, "everybody.csv", sheet(20_000, 9830000000)[1])
    seconds, gone = [], 0
    for command in ("whoami", "refills", "contact 98210 00000"):
        began = time.monotonic()
        desk.say(MEERA, command)
        seconds.append(time.monotonic() - began)
        gone = len(materials(desk))
        assert gone < COUNT, "the campaign was through before the answer came"
    said = ", ".join(f"{each:.2f} s" for each in seconds)
    print(f"Answered after {said} of waiting, while {gone} of {COUNT} materials had gone.")
    desk.hears(BOB, "20,000 rows read")
    wait_until(lambda: sorted(materials(desk)) == people, 60, desk.situation)
    assert desk.sent_twice() == {}
