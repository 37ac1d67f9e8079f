"""Any sequence of acts on the ledger in the database: it adds up, and doing it again changes nothing.

Seeded, so that a failure comes back; `./erp test --nightly` walks further: longer sequences, and many more of them.
"""

import os
from datetime import date, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from odoo.tests import tagged

from ..tools.points_act import Act
from .common_points import PointsCommon

IS_NIGHT = bool(os.environ.get("ERP_NIGHTLY"))
START = date(2026, 5, 1)
POINTS = st.integers(1, 20000).map(lambda units: units / 100)
DAYS = st.one_of(st.none(), st.integers(0, 60))
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("earn"), POINTS, DAYS, st.integers(0, 1)),
        st.tuples(st.just("spend"), POINTS, st.none(), st.integers(0, 1)),
        st.tuples(st.sampled_from(["take_back", "give_back"]), st.integers(0, 4), st.none(), st.integers(0, 1)),
        st.tuples(st.just("adjust"), st.integers(-5000, 5000).filter(bool), st.none(), st.integers(0, 1)),
        st.tuples(st.just("forfeit"), st.none(), st.none(), st.integers(0, 1)),
    ),
    min_size=3,
    max_size=40 if IS_NIGHT else 12,
)
WALK = settings(
    max_examples=120 if IS_NIGHT else 25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)


@tagged("post_install", "-at_install")
@freeze_time("2026-05-01 04:00:00")
class TestPointsReplay(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales = cls.env["res.partner"].create([{"name": "Sale 1"}, {"name": "Sale 2"}])

    def _prepare(self, card, acts, prefix):
        """Return the acts on a card; a refund names how many quarters of the sale went back until now."""
        prepared = []
        for number, (kind, points, days, sale) in enumerate(acts):
            act = Act(card, kind, points, f"{prefix},{number}", self.sales[sale])
            if kind == "earn":
                act.available_on = START if days is None or days % 2 else None
                act.expires_on = days is not None and START + timedelta(days=days)
            elif kind == "spend":
                act.is_partial = True
            elif kind == "forfeit":
                act.origin = None
            elif kind in ("take_back", "give_back"):
                act.points, act.part, act.whole = None, points, 4
            prepared.append(act)
        return prepared

    def _state(self, card):
        """Return everything that is kept about a card, without ids."""
        card.invalidate_recordset()
        batches = card.points_batch_ids.sorted("id").mapped(lambda batch: (batch.issued, batch.remaining, batch.expires_on))
        rows = card.points_move_ids.sorted("id").mapped(lambda move: (move.kind, move.points, move.balance))
        return (card.points, card.points_pending, card.points_debt), batches, rows

    @WALK
    @given(ACTS)
    def test_ledger_adds_up_after_any_acts(self, acts):
        with self.env.cr.savepoint() as savepoint:
            card = self._create_card()
            for act in self._prepare(card, acts, "x"):
                self.env["loyalty.card"]._points_post([act])
                (spendable, pending, debt), _batches, rows = self._state(card)
                self.assertGreaterEqual(min(spendable, pending, debt), 0)
                self.assertFalse(debt and spendable + pending)
                self.assertAlmostEqual(spendable + pending - debt, sum(points for _kind, points, _balance in rows), 6)
            self.assertEqual(self._differences(), [])
            savepoint.rollback()
            self.env.invalidate_all()

    @WALK
    @given(ACTS)
    def test_acts_carried_out_again_change_nothing(self, acts):
        with self.env.cr.savepoint() as savepoint:
            card = self._create_card()
            prepared = self._prepare(card, acts, "x")
            card._points_post(prepared)
            before = self._state(card)
            card._points_post(prepared)
            for act in prepared:
                card._points_post([act])
            self.assertEqual(self._state(card), before)
            savepoint.rollback()
            self.env.invalidate_all()

    @WALK
    @given(ACTS)
    def test_acts_one_by_one_give_the_same_ledger_as_all_at_once(self, acts):
        with self.env.cr.savepoint() as savepoint:
            together = self._create_card()
            together._points_post(self._prepare(together, acts, "together"))
            state = self._state(together)
            savepoint.rollback()
            self.env.invalidate_all()
        with self.env.cr.savepoint() as savepoint:
            alone = self._create_card()
            for act in self._prepare(alone, acts, "alone"):
                alone._points_post([act])
            self.assertEqual(self._state(alone), state)
            savepoint.rollback()
            self.env.invalidate_all()

    @WALK
    @given(st.lists(st.integers(0, 4), min_size=1, max_size=6), POINTS)
    def test_sale_that_went_back_in_any_parts_gains_nothing(self, parts, points):
        with self.env.cr.savepoint() as savepoint:
            card = self._create_card(points=500)
            card._points_spend(self.sales[0], 300, "spend")
            card._points_earn(self.sales[0], points, "earn")
            for number, part in enumerate([*parts, 4]):
                card._points_give_back(self.sales[0], f"back {number}", part=part, whole=4)
                card._points_take_back(self.sales[0], f"taken {number}", part=part, whole=4)
            self.assertEqual(self._state(card)[0], (500, 0, 0))
            savepoint.rollback()
            self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestPointsRules(PointsCommon):
    """What a program and a company may set."""

    def test_new_programs_begin_with_the_rule_of_the_company(self):
        self.env.company.points_start = "order"
        self.assertEqual(self._create_points_program().points_start, "order")
        self.env.company.points_start = "delivery"
        self.assertEqual(self._create_points_program().points_start, "delivery")

    def test_settings_are_those_of_the_company(self):
        settings_page = self.env["res.config.settings"].create({"points_adjust_limit": 20, "points_start": "order"})
        settings_page.execute()
        self.assertEqual((self.env.company.points_adjust_limit, self.env.company.points_start), (20, "order"))

    def test_only_programs_that_collect_are_kept_by_the_ledger(self):
        kinds = {}
        cases = [("loyalty", "both"), ("loyalty", "future"), ("loyalty", "current"), ("coupons", "current"), ("ewallet", "future")]
        for kind, applies_on in cases:
            program = self.env["loyalty.program"].create({"name": "Test", "program_type": kind, "applies_on": applies_on})
            program.applies_on = applies_on
            kinds[kind, applies_on] = self._create_card(program=program).in_ledger
        self.assertEqual([key for key, kept in kinds.items() if kept], [("loyalty", "both"), ("loyalty", "future")])

    def test_points_multiply_by_nothing_unless_somebody_says_so(self):
        self.assertEqual(self.program._get_points_multiplier(self.card.partner_id, START), 1.0)
