"""What the buyer, the owner and the shops find: contracts, ceilings, grades, freight, counts and alerts."""

from odoo.tests import tagged

from ..loader.watch import HANDLED, SNOOZED
from ..plan.supply import APPROVED, CEILINGS, CONTRACTS, COUNTS, EVALUATIONS, FREIGHT, missing
from .test_demo_company import DemoCase


@tagged("post_install", "-at_install")
class TestDemoSupply(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner, cls.buyer, cls.manager = (cls._find("user", login) for login in ("owner", "buyer", "manager"))

    def test_the_owner_has_approved_contracts_and_one_waits(self):
        contracts = {row["ref"]: self._find("contract", row["ref"]).with_user(self.buyer) for row in CONTRACTS}
        self.assertEqual({ref for ref, contract in contracts.items() if contract.approved_by_id}, set(APPROVED))
        self.assertEqual({contract.state for contract in contracts.values()}, {"valid", "expiring", "draft"})
        self.assertTrue(all(contract.line_ids for contract in contracts.values()))

    def test_no_order_of_the_plan_is_above_a_ceiling(self):
        for ref in CEILINGS:
            ceiling = self._find("ceiling", ref).with_user(self.buyer)
            lines = self.env["purchase.order.line"].search([("product_id", "=", ceiling.product_id.id)])
            self.assertTrue(all(line.price_unit <= ceiling.price for line in lines), ref)

    def test_vendors_have_the_grade_of_their_confirmed_evaluation(self):
        for ref in EVALUATIONS:
            evaluation = self._find("evaluation", ref).with_user(self.buyer)
            self.assertIn(evaluation.grade, ("A", "B", "C"), ref)
            self.assertEqual((evaluation.state, evaluation.confirmed_by_id.id), ("done", self.owner.id))
            self.assertEqual(evaluation.partner_id.with_company(self.company).vendor_grade, evaluation.grade)

    def test_freight_is_part_of_what_the_tools_cost(self):
        cost = self._find("freight", FREIGHT["purchase"]).with_user(self.buyer)
        self.assertEqual((cost.state, cost.amount_total), ("done", FREIGHT["amount"]))
        moves = self._find("purchase", FREIGHT["purchase"]).picking_ids.move_ids
        self.assertAlmostEqual(sum(moves.mapped("landed_cost")), FREIGHT["amount"], 2)
        for move in moves:
            self.assertGreater(move.landed_unit_cost, move.purchase_line_id.price_unit)

    def test_one_count_is_posted_and_one_waits_for_a_second_person(self):
        states = {row["ref"]: self._find("count", row["ref"]).with_user(self.manager) for row in COUNTS}
        self.assertEqual({ref: count.state for ref, count in states.items()}, {"zhonglou": "posted", "xiaozhai": "approval"})
        for row in COUNTS:
            count = states[row["ref"]]
            self.assertEqual(count.difference_count, len(row["missing"]))
            self.assertEqual(count.approved_by_id.id, self.owner.id if row["is_approved"] else False)
        moves = states["zhonglou"].sudo().line_ids.move_ids
        self.assertEqual(sum(moves.mapped("quantity")), sum(missing().values()))

    def test_clerks_are_judged_by_what_they_counted(self):
        rows = (
            self.env["cosmetics.stock.count.accuracy"]
            .with_user(self.manager)
            ._read_group(
                [("count_id", "=", self._find("count", "zhonglou").id)], ["user_id", "store_id"], ["counted_lines:sum", "right_lines:sum"]
            )
        )
        [[user, store, counted, right]] = rows
        self.assertEqual((user.login, store.name, counted - right), ("clerk2", self._find("store", "zhonglou").name, 1))

    def test_the_manager_has_taken_up_some_alerts_and_put_some_off(self):
        alerts = self.env["cosmetics.stock.alert"].with_user(self.manager).search([("user_id", "=", self.manager.id)])
        states = alerts.mapped("state")
        self.assertEqual((states.count("handled"), states.count("snoozed")), (HANDLED, SNOOZED))
        self.assertGreater(states.count("open"), 0)
