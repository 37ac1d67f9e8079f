"""A till that sells top-ups and takes stored-value cards."""

from odoo import Command

from .common import TillPointsCommon


class TillStoredCommon(TillPointsCommon):
    """A program of named cards that gives 200 for 1,000; the member has an identity."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.top_up = cls.env["product.product"].create(
            {"name": "Test Top-Up", "type": "service", "list_price": 1000, "available_in_pos": True, "taxes_id": [Command.clear()]}
        )
        cls.stored_program = cls._create_stored_program()
        cls.payment = cls.stored_program.reward_ids
        cls.member.write({"identity_kind": "passport", "identity_number": "E1"})

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

    def _charge(self, amount=1000, **vals):
        """Sell a top-up; return the order."""
        return self._sell(self._prepare_line(self.top_up, price=amount), **vals)

    def _stored_card(self, partner=None):
        return self.env["loyalty.card"]._find_stored_card(self.stored_program, partner or self.member)

    def _pay(self, amount, card=None, *goods, **vals):
        """Sell goods, by default for what is paid with the card; return the order."""
        goods = goods or [self._prepare_line(self.product, price=amount)]
        return self._sell(*goods, self._prepare_reward(amount, self.payment, card or self._stored_card()), **vals)

    def _held(self, card=None):
        """Return (principal, bonus) on the card."""
        card = card or self._stored_card()
        self.env.flush_all()
        card.invalidate_recordset()
        return card.stored_principal, card.stored_bonus

    def _assert_stored_adds_up(self):
        self.env.flush_all()
        self.assertFalse(self.env["cosmetics.stored.difference"].search([]).mapped(lambda row: (row.what, row.expected, row.found)))
