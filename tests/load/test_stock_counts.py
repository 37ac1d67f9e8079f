"""Eight people count one sheet at once and lose nothing; a large sheet is posted in time.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

import time
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import count as counter
from typing import NamedTuple

from imports import RUN
from processes import call, run_together, transaction

PEOPLE = 8
# Each sends so many requests of so many figures: one piece of every batch each time.
REQUESTS = 10
LINES = 12
SMALL, LARGE = 500, 2000
# Seconds for the large sheet; the growth from the small one may be this much worse than linear.
GOAL = 20.0
GROWTH = 1.6
NUMBERS = counter()
COUNTER = ("cosmetics_inventory.group_stock_counter", "cosmetics_base.group_all_stores")
CHIEF = ("cosmetics_inventory.group_quality_manager",)


@dataclass(frozen=True)
class Sheet:
    """Ids of a started count; ids cross processes, records do not."""

    database: str
    count: int
    place: int
    product: int
    lots: tuple
    people: tuple
    starter: int
    approver: int


def make_sheet(database, name, batches, people=0):
    """Return a started count of a warehouse of its own with so many batches of 50 pieces."""
    name = f"{name} {RUN}-{next(NUMBERS)}"
    with transaction(database) as env:
        stage = env.ref("cosmetics_base.lifecycle_stage_sale")
        template = env["product.template"].create(
            {
                "name": name, "cosmetic_kind": "ordinary", "item_class": "full_size", "lifecycle_stage_id": stage.id,
                "registration_no": "陕G妆网备字2021000001", "spec": "50ml", "net_content": 50, "net_content_uom": "ml",
                "shelf_life_months": 36, "is_storable": True, "list_price": 100, "standard_price": 30,
            }
        )  # fmt: skip
        product = template.product_variant_id
        warehouse = env["stock.warehouse"].create({"name": name, "code": f"{next(NUMBERS)}-{RUN % 1000}"})
        place = warehouse.lot_stock_id
        expires_on = date.today() + timedelta(days=600)  # noqa: DTZ011 - far enough from any midnight
        vals = {"product_id": product.id, "expiry_basis": "printed", "expiration_on": expires_on}
        lots = env["stock.lot"].create([{**vals, "name": f"{name}-{number}"} for number in range(batches)])
        env["stock.quant"].create([{"product_id": product.id, "location_id": place.id, "lot_id": lot.id, "quantity": 50} for lot in lots])
        counters = [_user(env, f"{name}_{number}", COUNTER) for number in range(people)]
        starter, approver = _user(env, f"{name}_starter", CHIEF), _user(env, f"{name}_approver", CHIEF)
        env.company.count_tolerance_quantity = 10**6
        env.company.count_tolerance_value = 10**9
        env.company.count_reason_value = 10**9
    count, told = call(database, starter, "cosmetics.stock.count", "create", {"warehouse_id": warehouse.id})
    assert told is None
    step(database, starter, "action_start", count)
    return Sheet(database, count, place.id, product.id, tuple(lots.ids), tuple(counters), starter, approver)


def _user(env, login, groups):
    return env["res.users"].create({"name": login, "login": login, "group_ids": [(6, 0, [env.ref(group).id for group in groups])]}).id


class Took(NamedTuple):
    """Seconds on the wall, and seconds of work: a machine that others keep busy makes only the first longer."""

    wall: float
    work: float


def step(database, uid, method, count):
    """Press a button of the count, and return how long it took."""
    began, worked = time.perf_counter(), time.process_time()
    _answer, told = call(database, uid, "cosmetics.stock.count", method, [count])
    assert told is None, told
    return Took(time.perf_counter() - began, time.process_time() - worked)


def count_and_resend(sheet, number, start):
    """Send every figure, half of them twice as a phone does that heard no answer; return the keys that were acknowledged."""
    start.wait()
    uid, taken = sheet.people[number], []
    for request in range(REQUESTS):
        entries = [
            {
                "key": f"{number}-{request}-{lot}-{sheet.count}", "product_id": sheet.product, "lot_id": lot, "location_id": sheet.place,
                "quantity": 1, "way": "scan",
            }
            for lot in sheet.lots
        ]  # fmt: skip
        # A batch nobody expected, found by all of them at once.
        found = {"lot_name": f"FOUND-{sheet.count}-{request}", "expiration_on": "2029-05-31", "lot_id": False}
        entries.append({**entries[0], **found, "key": f"{number}-{request}-found-{sheet.count}"})
        for _time in range(1 + request % 2):
            send_until_acknowledged(sheet, uid, entries, taken)
    return taken


def send_until_acknowledged(sheet, uid, entries, taken):
    """Send as the screen does: what is not acknowledged stays in the queue and is sent again."""
    for _attempt in range(10):
        answers, told = call(sheet.database, uid, "cosmetics.stock.count", "enter", [sheet.count], entries)
        if told is None:
            assert {answer["state"] for answer in answers} <= {"taken", "known"}, answers
            taken += [answer["key"] for answer in answers if answer["state"] == "taken"]
            return
    raise AssertionError(f"never acknowledged: {told}")


def test_eight_people_count_at_once_and_nothing_is_lost(database, record_property):
    """Sum of the figures = counted, for what was expected and for what all of them found in the same second."""
    sheet = make_sheet(database, "Count Eight", LINES, PEOPLE)
    began = time.perf_counter()
    taken = [key for keys in run_together([partial(count_and_resend, sheet, number) for number in range(PEOPLE)]) for key in keys]
    seconds = time.perf_counter() - began
    step(database, sheet.people[0], "action_review", sheet.count)
    with transaction(database) as env:
        count = env["cosmetics.stock.count"].browse(sheet.count)
        entries = env["cosmetics.stock.count.entry"].search([("count_id", "=", sheet.count)])
        assert len(entries) == len(taken) == len(set(taken)) == PEOPLE * REQUESTS * (LINES + 1)
        expected = count.line_ids.filtered(lambda line: not line.is_found)
        assert len(expected) == LINES
        assert set(expected.mapped("counted_quantity")) == {PEOPLE * REQUESTS}
        found = count.line_ids - expected
        assert len(found) == REQUESTS, "one line for each batch, however many found it at once"
        assert set(found.mapped("counted_quantity")) == {PEOPLE}
    record_property("note", f"eight people: {len(taken)} figures in {seconds:.1f} s, none lost, none doubled")


def post_sheet(database, batches):
    """Count a sheet of so many batches, all of them wrong, and return the seconds of review and posting."""
    sheet = make_sheet(database, f"Count {batches}", batches, 1)
    with transaction(database) as env:
        lines = env["cosmetics.stock.count.line"].search([("count_id", "=", sheet.count)]).ids
    for first in range(0, batches, 200):
        entries = [
            {"key": f"post-{sheet.count}-{line}", "line_id": line, "quantity": 49 + 2 * (line % 2), "way": "typed"}
            for line in lines[first : first + 200]
        ]
        _answers, told = call(database, sheet.people[0], "cosmetics.stock.count", "enter", [sheet.count], entries)
        assert told is None, told
    seconds = {"review": step(database, sheet.starter, "action_review", sheet.count)}
    step(database, sheet.starter, "action_submit", sheet.count)
    seconds["post"] = step(database, sheet.approver, "action_approve", sheet.count)
    with transaction(database) as env:
        count = env["cosmetics.stock.count"].browse(sheet.count)
        assert count.state == "posted"
        quants = env["stock.quant"].search([("lot_id", "in", sheet.lots), ("location_id", "=", sheet.place)])
        assert len(quants) == batches
        assert set(quants.mapped("quantity")) == {49, 51}
    return seconds


def test_two_thousand_batches_are_posted_in_time_and_the_growth_is_linear(database, record_property):
    """Every batch of the sheet is wrong, so that every one of them is adjusted."""
    post_sheet(database, 50)  # what is loaded once is not measured
    small, large = post_sheet(database, SMALL), post_sheet(database, LARGE)
    note = f"posting: {SMALL} batches {small['post'].work:.1f} s, {LARGE} batches {large['post'].work:.1f} s of work"
    record_property("note", f"{note} ({large['post'].wall:.1f} s on the wall); review {large['review'].work:.1f} s")
    assert large["post"].work < GOAL, note
    assert large["post"].work / small["post"].work < GROWTH * LARGE / SMALL, note


def test_no_figure_is_lost_when_somebody_ends_the_counting_meanwhile(database, record_property):
    """Whatever was acknowledged is in the figures that are posted; the others were told."""
    sheet = make_sheet(database, "Count Close", LINES, PEOPLE)
    first = [{"key": f"first-{sheet.count}-{lot}", "product_id": sheet.product, "lot_id": lot, "location_id": sheet.place, "quantity": 0,
              "way": "scan"} for lot in sheet.lots]  # fmt: skip
    call(database, sheet.people[0], "cosmetics.stock.count", "enter", [sheet.count], first)
    jobs = [partial(count_until_closed, sheet, number) for number in range(1, PEOPLE)]
    *acknowledged, _none = run_together([*jobs, partial(close_meanwhile, sheet)])
    with transaction(database) as env:
        count = env["cosmetics.stock.count"].browse(sheet.count)
        count._settle()
        assert sum(count.line_ids.mapped("counted_quantity")) == sum(acknowledged)
    record_property("note", f"closing: {sum(acknowledged)} figures acknowledged before the end, all of them counted")


def count_until_closed(sheet, number, start):
    """Send figures until one is refused; return how many were acknowledged."""
    start.wait()
    acknowledged, patience = 0, time.monotonic() + 120
    for request in counter():
        if time.monotonic() > patience:
            break
        lot = sheet.lots[request % LINES]
        entry = {"key": f"close-{number}-{request}-{sheet.count}", "product_id": sheet.product, "lot_id": lot, "location_id": sheet.place,
                 "quantity": 1, "way": "scan"}  # fmt: skip
        answers, told = call(sheet.database, sheet.people[number], "cosmetics.stock.count", "enter", [sheet.count], [entry])
        if told is None and answers[0]["state"] == "refused":
            return acknowledged
        acknowledged += told is None
    raise AssertionError("nobody ended the counting")


def close_meanwhile(sheet, start):
    """End the counting while the others are sending."""
    start.wait()
    time.sleep(1)
    step(sheet.database, sheet.starter, "action_review", sheet.count)
