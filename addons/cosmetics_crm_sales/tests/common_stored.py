"""Orders that top up stored-value cards, and orders that are paid with them."""

from odoo.fields import Command

from .common import PointsSalesCommon


class StoredSalesCommon(PointsSalesCommon):
    """A program of named cards that gives 200 for 1,000; the buyer has an identity and goods with 13% tax in the price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        tax = {"name": "Test VAT", "amount": 13, "price_include_override": "tax_included", "type_tax_use": "sale"}
        cls.vat = cls.env["account.tax"].create(tax)
        (cls.cream | cls.lotion).taxes_id = cls.vat
        cls.top_up = cls.env["product.product"].create(
            {"name": "Test Top-Up", "type": "service", "list_price": 1000, "invoice_policy": "order", "taxes_id": [Command.clear()]}
        )
        cls.stored_program = cls._create_stored_program()
        cls.buyer.write({"identity_kind": "passport", "identity_number": "E1", "phone": "13912345678"})

    @classmethod
    def _create_stored_program(cls, kind="named", **vals):
        rule = {"reward_point_mode": "money", "reward_point_amount": 1, "reward_point_split": kind == "bearer"}
        return cls.env["loyalty.program"].create(
            {
                "name": "Test Stored Value",
                "program_type": "ewallet" if kind == "named" else "gift_card",
                "stored_kind": kind,
                "trigger": "auto",
                "applies_on": "future",
                "rule_ids": [Command.create({**rule, "product_ids": [Command.set(cls.top_up.ids)]})],
                "reward_ids": [
                    Command.create({"reward_type": "discount", "discount_mode": "per_point", "discount": 1, "required_points": 1})
                ],
                "stored_offer_ids": [Command.create({"amount": 1000, "bonus": 200})] if kind == "named" else [],
                **vals,
            }
        )

    def _top_up(self, amount=1000):
        """Return the confirmed order of a top-up, and the card."""
        order = self._create_web_order((self.top_up, 1, {"price_unit": amount}))
        order._update_programs_and_rewards()
        order.action_confirm()
        return order, self.env["loyalty.card"].search([("program_id", "=", self.stored_program.id), ("partner_id", "=", self.buyer.id)])

    def _pay_by_card(self, order, card):
        order._update_programs_and_rewards()
        self.assertFalse(order._apply_program_reward(card.program_id.reward_ids, card.with_env(order.env)))

    def _held(self, card):
        """Return (principal, bonus) on the card."""
        self.env.flush_all()
        card.invalidate_recordset()
        return card.stored_principal, card.stored_bonus

    def _assert_stored_adds_up(self):
        self.env.flush_all()
        self.assertFalse(self.env["cosmetics.stored.difference"].search([]).mapped(lambda row: (row.what, row.expected, row.found)))
