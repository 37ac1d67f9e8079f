"""Orders that top up stored-value cards, and orders that are paid with them."""

from odoo.addons.cosmetics_crm.tests.common_stored import StoredFactories

from .common import PointsSalesCommon


class StoredSalesCommon(StoredFactories, PointsSalesCommon):
    """A program of named cards that gives 200 for 1,000; the buyer has an identity and goods with 13% tax in the price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        tax = {"name": "Test VAT", "amount": 13, "price_include_override": "tax_included", "type_tax_use": "sale"}
        cls.vat = cls.env["account.tax"].create(tax)
        (cls.cream | cls.lotion).taxes_id = cls.vat
        cls.top_up = cls._create_top_up_product(list_price=1000, invoice_policy="order")
        cls.stored_program = cls._create_stored_program()
        cls.buyer.write({"identity_kind": "passport", "identity_number": "E1", "phone": "13912345678"})

    def _top_up(self, amount=1000):
        """Return the confirmed order of a top-up, and the card."""
        order = self._create_web_order((self.top_up, 1, {"price_unit": amount}))
        order._update_programs_and_rewards()
        order.action_confirm()
        return order, self.env["loyalty.card"].search([("program_id", "=", self.stored_program.id), ("partner_id", "=", self.buyer.id)])

    def _pay_by_card(self, order, card):
        order._update_programs_and_rewards()
        self.assertFalse(order._apply_program_reward(card.program_id.reward_ids, card.with_env(order.env)))
