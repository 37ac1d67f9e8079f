"""A store with a till, a clerk and a manager for the tests of the module."""

from uuid import uuid4

from odoo import Command, fields
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon


class TillCommon(CosmeticsCommon):
    """One open till and goods it sells; a sale arrives the way the till sends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("test_clerk", "cosmetics_sales_pos.group_shop_clerk")
        cls.manager = cls._create_user("test_store_manager", "cosmetics_sales_pos.group_store_manager")
        cls.store = cls._create_store(manager_id=cls.manager.id, user_ids=[Command.link(cls.clerk.id)])
        cls.bank_method = cls._create_bank_method()
        cls.till = cls.env["pos.config"].create(
            {"name": "Test Till", "store_id": cls.store.id, "payment_method_ids": [Command.set(cls.bank_method.ids)]}
        )
        cls.product = cls._create_till_product()
        cls.delisted = cls._create_till_product(name="Old Serum", lifecycle_stage_id=cls.stage_delisted.id)

    @classmethod
    def _create_bank_method(cls):
        journal = cls.env["account.journal"].create({"name": "Test Bank", "code": "TBNK", "type": "bank"})
        return cls.env["pos.payment.method"].create({"name": "Test Card", "journal_id": journal.id})

    @classmethod
    def _create_till_product(cls, **vals):
        """Return a product that tills offer, without tax."""
        return cls._create_product(available_in_pos=True, taxes_id=[Command.clear()], **vals)

    def _open_till(self, user=None):
        """Open the till for a clerk; return the session."""
        till = self.till.with_user(user or self.clerk)
        if not till.current_session_id:
            till.open_ui()
            till.current_session_id.set_opening_control(0, "")
        return till.current_session_id

    def _prepare_sale(self, product, quantity=1, state="paid", **line_vals):
        """Return a sale the way a till sends it."""
        session = self._open_till()
        amount = quantity * product.lst_price
        line = {
            "uuid": str(uuid4()),
            "product_id": product.id,
            "qty": quantity,
            "price_unit": product.lst_price,
            "discount": 0,
            "price_subtotal": amount,
            "price_subtotal_incl": amount,
            "tax_ids": [Command.set([])],
            **line_vals,
        }
        payment = {"uuid": str(uuid4()), "amount": amount, "payment_method_id": self.bank_method.id}
        return {
            "uuid": str(uuid4()),
            "access_token": str(uuid4()),
            "state": state,
            "session_id": session.id,
            "user_id": self.clerk.id,
            "company_id": self.env.company.id,
            "partner_id": False,
            "pricelist_id": False,
            "fiscal_position_id": False,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()),
            "amount_total": amount,
            "amount_paid": amount if state == "paid" else 0,
            "amount_tax": 0,
            "amount_return": 0,
            "to_invoice": False,
            "lines": [Command.create(line)],
            "payment_ids": [Command.create(payment)] if state == "paid" else [],
        }

    def _send(self, *sales):
        """Send sales as the clerk's till does; return the orders in the same sequence."""
        uuids = [sale["uuid"] for sale in sales]
        self.env["pos.order"].with_user(self.clerk).sync_from_ui(list(sales))
        orders = self.env["pos.order"].search([("uuid", "in", uuids)])
        return orders.sorted(lambda order: uuids.index(order.uuid))
