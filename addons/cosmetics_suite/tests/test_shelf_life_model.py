"""Random walks through everything that moves a batch: no unit of a blocked batch ever reaches a customer.

Hypothesis chooses the acts; an oracle that shares no code with the rule judges each finished stock line. Seeded, so that a failure comes
back; `./erp test --nightly` walks further.
"""

import copy
import doctest
import logging
import os
from collections import defaultdict
from datetime import date, datetime, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from odoo.tests import tagged

from . import shelf_life_oracle
from .shelf_life_oracle import Batch, Oracle
from .shelf_life_world import START, ShelfLifeWorld

_logger = logging.getLogger(__name__)

QUICK = {"max_examples": 14, "stateful_step_count": 24}
NIGHTLY = {"max_examples": 120, "stateful_step_count": 50}
WAYS = st.sampled_from(["validate", "picking", "moves"])
PICK = st.integers(0, 11)
PIECES = st.integers(1, 4)
CHINA = timedelta(hours=8)
START_DAY = date(2026, 3, 10)
# Each of these groups must have been met, or the walk was too tame to prove anything.
MUST_HAPPEN = (
    "done: deliver",
    "done: till",
    "done: till, later",
    "done: move",
    "done: return",
    "done: scrap",
    "done: recall",
    "refused: move",
)


class Walk(RuleBasedStateMachine):
    """One path: a day in the life of the shop after the other."""

    world = None
    totals = None

    def __init__(self):
        super().__init__()
        world = self.world
        self.clock = freeze_time(START)
        self.frozen = self.clock.start()
        self.savepoint = world.env.cr.savepoint()
        self.savepoint.__enter__()
        self.oracle, self.lots = copy.deepcopy(world.oracle), list(world.lots)
        self.deliveries, self.shipped, self.tickets = [], [], []
        world.totals["paths"] += 1

    def teardown(self):
        self.savepoint.rollback()
        self.savepoint.close(rollback=False)
        self.world.env.invalidate_all()
        self.clock.stop()
        for what, count in self.oracle.counts.items():
            self.world.totals[what] += count - self.world.oracle.counts[what]

    # ------------------------------------------------------------------ helpers
    @property
    def today(self):
        return (datetime.now() + CHINA).date()  # noqa: DTZ005 - the frozen clock is UTC

    def lot(self, number):
        return self.lots[number % len(self.lots)]

    def place(self, lot, number):
        """Return a place of the world where goods of a batch lie, or None."""
        names = {place.id: name for name, place in self.world.places.items()}
        there = sorted(names[location] for (lot_id, location) in self.oracle.on_hand() if lot_id == lot.id and location in names)
        return there[number % len(there)] if there else None

    def free_of(self, lot, place):
        """Return how much of a batch lies in a place and is reserved for nobody."""
        quantity, reserved = self.world.read_quants().get((lot.id, self.world.places[place].id), (0, 0))
        return quantity - reserved

    def act(self, title, function, must_work=False):
        """Let somebody do something; count it, and return what came out of it or None when it was refused.

        :param must_work: the way of goods that may be sold and lie there free: nobody may be stopped on it
        """
        with self.world.attempt() as outcome:
            result = function()
        self.world.totals["steps"] += 1
        self.world.totals[f"{'refused' if outcome['refused'] else 'done'}: {title}"] += 1
        assert not (must_work and outcome["refused"]), f"an honest act was refused: {title}: {outcome['refused']}"
        if outcome["refused"]:
            _logger.debug("%s: %s", title, outcome["refused"])
            return None
        return True if result is None else result

    # ------------------------------------------------------------------ acts
    @rule(number=PICK, age_left=st.sampled_from([1, 6, 40, 50, 300]), pieces=PIECES)
    @precondition(lambda self: len(self.lots) < 8)
    def receive_more(self, number, age_left, pieces):
        """A batch comes in."""
        batch, receive = self.world.prepare_batch(f"B{len(self.lots) + 1}", number, age_left, pieces, self.today)
        if lot := self.act("receive", receive):
            batch.quality = lot.quality_state
            self.oracle.batches[lot.id] = batch
            self.lots.append(lot)

    @rule(number=PICK, spot=PICK, goal=st.sampled_from(["customer", "gift", "tester", "production"]), pieces=PIECES, way=WAYS)
    def give(self, number, spot, goal, pieces, way):
        """Goods go to people: without an order, as gift, as tester, as material."""
        self.move(number, spot, goal, pieces, way)

    @rule(number=PICK, spot=PICK, goal=st.sampled_from(["shop", "shop", "transit", "stock", "back", "supplier"]), pieces=PIECES, way=WAYS)
    def carry(self, number, spot, goal, pieces, way):
        """Goods go to the shop, on the way to it, inside the warehouse or back to the supplier."""
        self.move(number, spot, goal, pieces, way)

    def move(self, number, spot, goal, pieces, way):
        lot = self.lot(number)
        source = self.place(lot, spot)
        if source and source != goal:
            honest = not self.oracle.batches[lot.id].obstacle(self.today) and self.free_of(lot, source) >= pieces
            self.act(f"move to {goal}", lambda: self.world.do_transfer(lot, pieces, source, goal, way), honest)

    @rule(number=PICK, pieces=PIECES, way=WAYS)
    def sell(self, number, pieces, way):
        """A customer orders and gets the goods at once; what is reserved must expire first."""
        product = self.world.products[number % 2]
        free = self.world.read_free(product, "stock")
        expected = self.oracle.first_expiring(free, pieces, self.today)
        picking = self.act("order", lambda: self.world.do_order(product, pieces))
        assert picking, "an order can always be written"
        taken = {}
        for line in picking.move_line_ids:
            day = self.oracle.batches[line.lot_id.id].expires_on
            taken[day] = taken.get(day, 0) + line.quantity
        assert taken == expected, f"reserved {taken}, first-expiring is {expected}"
        if way == "moves":
            self.deliveries.append(picking)
        else:
            self.ship(picking, way)

    def ship(self, picking, way, lot=None):
        lines = [] if lot else picking.move_line_ids
        honest = bool(lines) and not any(self.oracle.batches[line.lot_id.id].obstacle(self.today) for line in lines)
        if self.act("deliver another batch" if lot else "deliver", lambda: self.world.do_deliver(picking, way, lot), honest):
            self.shipped.append(picking)
            self.deliveries = [other for other in self.deliveries if other != picking]

    @rule(number=PICK, way=WAYS)
    @precondition(lambda self: self.deliveries)
    def deliver_later(self, number, way):
        """What was reserved some time ago is shipped now."""
        self.ship(self.deliveries[number % len(self.deliveries)], way)

    @rule(number=PICK, other=PICK, way=WAYS)
    @precondition(lambda self: self.deliveries)
    def deliver_another_batch(self, number, other, way):
        """The keeper writes a batch by hand."""
        picking = self.deliveries[number % len(self.deliveries)]
        lot = self.lot(other)
        if lot.product_id == picking.move_ids.product_id:
            self.ship(picking, way, lot)

    @rule(number=PICK)
    @precondition(lambda self: self.shipped)
    def take_back(self, number):
        """A customer brings a delivery back."""
        picking = self.shipped.pop(number % len(self.shipped))
        self.act("return", lambda: self.world.do_return(picking))

    @rule(number=PICK, pieces=PIECES, online=st.booleans())
    def sell_at_the_till(self, number, pieces, online):
        """A clerk scans any batch; without a connection the sale waits in the till."""
        ticket = self.world.prepare_ticket(self.lot(number), pieces)
        if online:
            self.arrive(ticket, "till")
        else:
            self.tickets.append(ticket)

    @rule()
    @precondition(lambda self: self.tickets)
    def connect(self):
        """The till finds its connection again."""
        self.arrive(self.tickets.pop(0), "till, later")

    def arrive(self, ticket, title):
        pickings = self.act(title, lambda: self.world.do_ticket(ticket))
        assert pickings, "a paid sale is never refused"
        if any(picking.state != "done" for picking in pickings):
            self.world.totals[f"listed: {title}"] += 1

    @rule(number=PICK, state=st.sampled_from(["quarantine", "rejected", "released", "released"]))
    def decide(self, number, state):
        """Quality decides about a batch."""
        lot = self.lot(number)
        if self.act(f"decide {state}", lambda: self.world.do_decide(lot, state)):
            self.oracle.batches[lot.id].quality = state

    @rule(number=PICK)
    @precondition(lambda self: [batch.quality for batch in self.oracle.batches.values()].count("recalled") < len(self.lots) - 2)
    def recall(self, number):
        """A batch is recalled."""
        lot = self.lot(number)
        if self.act("recall", lambda: self.world.do_recall(lot)):
            self.oracle.batches[lot.id].quality = "recalled"

    @rule(number=PICK, days=st.sampled_from([-60, -7, -1, 30]), right_person=st.booleans())
    def correct(self, number, days, right_person):
        """Somebody corrects the last day of a batch; only quality may."""
        lot, world = self.lot(number), self.world
        batch = self.oracle.batches[lot.id]
        day = batch.expires_on + timedelta(days=days)
        if day <= batch.made_on:
            return
        done = self.act("correct", lambda: world.do_correct(lot, day, world.quality if right_person else world.keeper))
        assert right_person or not done, "a keeper corrects no dates"
        if done:
            batch.expires_on = day

    @rule(number=PICK, spot=PICK, pieces=PIECES)
    def scrap(self, number, spot, pieces):
        """Goods are thrown away: always possible, also when nothing else is."""
        lot = self.lot(number)
        source = self.place(lot, spot)
        if source in ("stock", "shop"):
            self.act("scrap", lambda: self.world.do_scrap(lot, pieces, source))

    @rule(hours=st.sampled_from([11, 13, 24, 24 * 7, 24 * 35]))
    def wait(self, hours):
        """Time passes, often over a midnight in China."""
        self.frozen.tick(timedelta(hours=hours))
        self.world.env.invalidate_all()

    # ------------------------------------------------------------------ what must always hold
    @invariant()
    def nothing_blocked_reached_anybody(self):
        assert self.oracle.judge(self.world.read_lines(), self.today) == []

    @invariant()
    def quantities_add_up(self):
        quants = self.world.read_quants()
        assert {key: quantity for key, (quantity, _reserved) in quants.items() if quantity} == self.oracle.on_hand()
        for key, (quantity, reserved) in quants.items():
            assert quantity >= 0, f"negative stock {key}: {quantity}"
            assert 0 <= reserved <= quantity, f"more reserved than there is {key}: {reserved} of {quantity}"


@tagged("post_install", "-at_install")
class TestShelfLifeModel(ShelfLifeWorld):
    def setUp(self):
        super().setUp()
        # Refusals are logged in a transaction of their own: here it shares the connection of the test.
        self.registry_enter_test_mode()
        self.totals = defaultdict(int)
        self.notes = []
        with freeze_time(START):
            self._open_till()
            self._open_shop()

    def _open_shop(self):
        """Every path begins with three batches, fresh, near its end and of short life, some of each in the shop."""
        self.oracle, self.lots = Oracle(), []
        for number, left in ((0, 400), (0, 47), (1, 12)):
            batch, receive = self.prepare_batch(f"A{len(self.lots)}", number, left, 9, START_DAY)
            lot = receive()
            self.assertEqual(lot.quality_state, "released")
            self.do_transfer(lot, 4, "stock", "shop", "validate")
            self.oracle.batches[lot.id] = batch
            self.lots.append(lot)
        self.assertEqual(self.oracle.judge(self.read_lines(), START_DAY), [])

    def prepare_batch(self, name, number, days_left, pieces, today):
        """Return (batch for the oracle, function that receives it) of one of the products, with so many days left."""
        product, life = self.products[number % 2], (1080, 90)[number % 2]
        expires_on = today + timedelta(days=min(days_left, life - 1))
        batch = Batch(name, expires_on - timedelta(days=life - 1), expires_on)
        return batch, lambda: self.do_receive(product, name, batch.made_on, expires_on, pieces)

    def test_oracle_knows_its_own_arithmetic(self):
        result = doctest.testmod(shelf_life_oracle)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_no_path_brings_a_blocked_batch_to_anybody(self):
        """Every act of every role in random order, judged after each step."""
        Walk.world = self
        size = NIGHTLY if os.environ.get("ERP_NIGHTLY") else QUICK
        checks = settings(
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),
            report_multiple_bugs=False,
            print_blob=False,
            **size,
        )
        run_state_machine_as_test(Walk, settings=checks)
        self._tell()

    def _tell(self):
        """Print what was tried; a walk that met no refusal, or did nothing but fail, proves nothing."""
        totals = dict(sorted(self.totals.items()))
        done = sum(count for what, count in totals.items() if what.startswith("done: "))
        refused = sum(count for what, count in totals.items() if what.startswith("refused: "))
        note = f"shelf life: {totals['paths']} paths, {totals['steps']} acts, {done} done, {refused} refused"
        self.notes += [note, ", ".join(f"{what} {count}" for what, count in totals.items())]
        for line in self.notes:
            _logger.info(line)
        self.assertGreater(refused, 0, "no act was refused: the walk is too tame")
        for what in MUST_HAPPEN:
            self.assertTrue(any(name.startswith(what) for name in totals), f"never happened: {what}")
        self.assertTrue(any(name.startswith("listed: ") for name in totals), "no sale of the till turned out wrong")
        self.assertGreater(totals["lines that need a sellable batch"], 10)
