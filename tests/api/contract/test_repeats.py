"""A request sent again with its Idempotency-Key acts once."""

import threading

from database import db
from desk_tables import AnsweredRequest
from models import Purchase
from tests.api.calling import Program

PATH = "/api/customers/quick-purchase"
BILL = {
    "phone": "9876500000",
    "name": "Ravi Kumar",
    "items": [{"medicine_name": "Metformin 500", "quantity": 30, "unit_price": 5, "duration_days": 30}],
}


def test_the_first_answer_is_given_again_and_nothing_happens_twice(bob: Program):
    first, second = (bob.post(PATH, BILL, Idempotency_Key="bill 1".replace(" ", "-")) for _ in range(2))
    assert (second.status_code, second.json) == (first.status_code, first.json)
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Purchase.select().count() == 1


def test_without_a_key_every_request_acts(bob: Program):
    for _ in range(2):
        bob.post(PATH, BILL)
    assert Purchase.select().count() == 2


def test_the_same_key_with_another_request_is_refused(bob: Program):
    bob.post(PATH, BILL, Idempotency_Key="k")
    refused = bob.post(PATH, BILL | {"name": "Somebody Else"}, Idempotency_Key="k")
    assert (refused.status_code, refused.json["error"]["code"]) == (409, "key_reused")
    assert Purchase.select().count() == 1


def test_everybody_has_keys_of_their_own(bob: Program, meera: Program):
    bob.post(PATH, BILL, Idempotency_Key="k")
    assert meera.post(PATH, BILL, Idempotency_Key="k").status_code == 201


def test_a_refusal_is_repeated_too_and_leaves_nothing_behind(bob: Program):
    bill = BILL | {"items": [BILL["items"][0] | {"total_amount": 1}]}
    first, second = (bob.post(PATH, bill, Idempotency_Key="k") for _ in range(2))
    assert first.status_code == second.status_code == 400
    assert first.json == second.json
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Purchase.select().count() == 0


def test_what_could_not_be_read_at_all_may_be_sent_again_put_right(bob: Program):
    assert bob.post(PATH, {"items": []}, Idempotency_Key="k").status_code == 400
    assert bob.post(PATH, BILL, Idempotency_Key="k").status_code == 201


def test_a_key_is_visible_ascii(bob: Program):
    refused = bob.post(PATH, BILL, Idempotency_Key="é" * 3)
    assert (refused.status_code, refused.json["error"]["field"]) == (400, "Idempotency-Key")


def test_the_kept_answer_is_encrypted(bob: Program):
    bob.post(PATH, BILL, Idempotency_Key="k")
    [(kept,)] = db.execute_sql("SELECT body FROM answered_request").fetchall()
    assert "customer_id" not in kept
    assert AnsweredRequest.get().status == 201


def test_of_two_at_the_same_time_one_acts_and_both_are_answered_the_same(bob: Program, client):
    answers = []
    start = threading.Barrier(2)

    def post() -> None:
        start.wait()
        answers.append(bob.post(PATH, BILL, Idempotency_Key="k"))

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert Purchase.select().count() == 1
