"""Members who order, get their goods, and bring some back."""

from unittest.mock import patch

from odoo import Command
from odoo.addons.cosmetics_sales.tests.common_aftersale import AftersaleCommon


class PointsSalesCommon(AftersaleCommon):
    """A program of one point per yuan, 100 points pay one yuan; a member who buys in the web shop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Programs of others would give and take, too.
        cls.env["loyalty.program"].search([]).active = False
        cls.env["loyalty.card"].search([]).active = False
        cls.program = cls._create_points_program()
        cls.reward = cls.program.reward_ids
        cls.cream = cls._create_goods("Test Cream", 100.0)
        cls.lotion = cls._create_goods("Test Lotion", 50.0)

    @classmethod
    def _create_points_program(cls, **vals):
        return cls.env["loyalty.program"].create(
            {
                "name": "Test Points",
                "program_type": "loyalty",
                "trigger": "auto",
                "applies_on": "both",
                "rule_ids": [Command.create({"reward_point_mode": "money", "reward_point_amount": 1})],
                "reward_ids": [
                    Command.create({"reward_type": "discount", "discount_mode": "per_point", "discount": 0.01, "required_points": 1})
                ],
                **vals,
            }
        )

    @classmethod
    def _create_card(cls, points=0, **vals):
        """Return the card of the buyer, with points that may be spent."""
        return cls.env["loyalty.card"].create({"program_id": cls.program.id, "partner_id": cls.buyer.id, "points": points, **vals})

    def _create_web_order(self, *lines, user=None):
        """Return a quotation that a clerk writes; each line is (product, quantity, more values)."""
        orders = self.env["sale.order"].with_user(user or self.ecommerce_clerk)
        return orders.create(
            {
                "partner_id": self.buyer.id,
                "channel_id": self.web.id,
                "warehouse_id": self.warehouse.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity, **(more[0] if more else {})})
                    for product, quantity, *more in lines
                ],
            }
        )

    def _pay_by_points(self, order, card):
        """Let the order take off what the points of the card may pay."""
        order._update_programs_and_rewards()
        self.assertFalse(order._apply_program_reward(self.reward, card.with_env(order.env)))

    def _deliver(self, order):
        for picking in order.sudo().picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")):
            for move in picking.move_ids:
                move.quantity, move.picked = move.product_uom_qty, True
            picking._action_done()

    def _run_night(self):
        """Let the nightly run do its work, without its commits."""
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60.0):
            self.env["loyalty.card"]._cron_points_nightly()

    def _return_goods(self, order, product=None, pieces=None):
        """Let goods come back for money: so many of a product, or all."""
        picking = order.sudo().picking_ids.filtered(lambda picking: picking.picking_type_code == "outgoing" and picking.state == "done")[:1]
        wizard = self.env["stock.return.picking"].with_context(active_id=picking.id, active_ids=picking.ids, active_model="stock.picking")
        wizard = wizard.create({})
        for line in wizard.product_return_moves:
            chosen = not product or line.product_id == product
            line.quantity, line.to_refund = (pieces or line.move_id.quantity) if chosen else 0, True
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        for move in back.move_ids:
            move.quantity, move.picked = move.product_uom_qty, True
        back._action_done()

    def _credit(self, order, products):
        """Post a credit note of these products of an order, and return it."""
        invoice = order.sudo().invoice_ids.filtered(lambda move: move.move_type == "out_invoice")
        wizard = self.env["account.move.reversal"].with_context(active_model="account.move", active_ids=invoice.ids)
        note = self.env["account.move"].browse(wizard.create({"journal_id": invoice.journal_id.id}).reverse_moves()["res_id"])
        note.invoice_line_ids.filtered(lambda line: line.product_id not in products and line.price_total >= 0).unlink()
        if note.amount_total <= 0:
            note.invoice_line_ids.filtered(lambda line: line.price_total < 0).unlink()
        note.action_post()
        return note

    def _figures(self, card):
        """Return (spendable, pending, owed) points."""
        self.env.flush_all()
        card.invalidate_recordset()
        return card.points, card.points_pending, card.points_debt

    def _assert_ledger_adds_up(self):
        self.env.flush_all()
        self.assertFalse(self.env["cosmetics.points.difference"].search([]).mapped(lambda row: (row.what, row.expected, row.found)))
