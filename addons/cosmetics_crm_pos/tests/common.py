"""A till, a member with a card, and sales that redeem points the way the till sends them."""

from uuid import uuid4

from odoo import Command
from odoo.addons.cosmetics_crm.tools.points_act import Act
from odoo.addons.cosmetics_sales_pos.tests.common import TillCommon


class TillPointsCommon(TillCommon):
    """One point a yuan, a hundred points pay one yuan; the goods cost 100."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.program = cls._create_points_program()
        cls.reward = cls.program.reward_ids
        cls.member = cls._create_member("Test Member", "13912345678")
        cls.card = cls.env["loyalty.card"].create({"program_id": cls.program.id, "partner_id": cls.member.id})

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
    def _create_member(cls, name, phone, **vals):
        return cls.env["res.partner"].create({"name": name, "phone": phone, "is_member": True, **vals})

    def _give(self, points, card=None):
        """Put points on a card, as a purchase elsewhere does."""
        card = card or self.card
        card._points_post([Act(card, "earn", points, f"test,{uuid4()}")])

    def _prepare_line(self, product, quantity=1, price=None, **vals):
        price = product.lst_price if price is None else price
        return Command.create(
            {
                "uuid": str(uuid4()),
                "product_id": product.id,
                "qty": quantity,
                "price_unit": price,
                "discount": 0,
                "price_subtotal": quantity * price,
                "price_subtotal_incl": quantity * price,
                "tax_ids": [Command.set([])],
                **vals,
            }
        )

    def _prepare_reward(self, points, reward=None, card=None, amount=None, **vals):
        """Return the line of a reward that costs so many points, by default at its right value."""
        reward, card = reward or self.reward, card or self.card
        amount = points * reward.discount if amount is None else amount
        return self._prepare_line(
            reward.discount_line_product_id,
            price=-amount,
            is_reward_line=True,
            reward_id=reward.id,
            coupon_id=card.id,
            points_cost=points,
            reward_identifier_code=uuid4().hex[:8],
            **vals,
        )

    def _prepare_ticket(self, *lines, partner=None, **vals):
        """Return a paid sale of these lines to the member."""
        sale = self._prepare_sale(self.product)
        total = round(sum(line[2]["price_subtotal_incl"] for line in lines), 2)
        partner = self.member if partner is None else partner
        sale.update(lines=list(lines), amount_total=total, amount_paid=total, partner_id=partner.id, **vals)
        sale["payment_ids"][0][2]["amount"] = total
        return sale

    def _sell(self, *lines, **vals):
        """Sell these lines, by default one piece of the goods; return the order."""
        return self._send(self._prepare_ticket(*(lines or [self._prepare_line(self.product)]), **vals))

    def _return(self, order, quantities, **vals):
        """Bring back pieces of an order: {index of the line: pieces}; return the order of the return."""
        lines = [
            self._prepare_line(line.product_id, -pieces, line.price_unit, refunded_orderline_id=line.id)
            for index, pieces in quantities.items()
            for line in [order.lines[index]]
        ]
        return self._sell(*lines, is_refund=True, **vals)

    def _differences(self):
        """Return what the check of the ledger finds."""
        self.env.flush_all()
        return self.env["cosmetics.points.difference"].search([]).mapped(lambda row: (row.what, row.expected, row.found))
