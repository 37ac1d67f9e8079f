"""A till that sells top-ups and takes stored-value cards."""

from odoo.addons.cosmetics_crm.tests.common_stored import StoredFactories

from .common import TillPointsCommon


class TillStoredCommon(StoredFactories, TillPointsCommon):
    """A program of named cards that gives 200 for 1,000; the member has an identity."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.top_up = cls._create_top_up_product(list_price=1000, available_in_pos=True)
        cls.stored_program = cls._create_stored_program()
        cls.payment = cls.stored_program.reward_ids
        cls.member.write({"identity_kind": "passport", "identity_number": "E1"})

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
        """Return (principal, bonus) on the card, by default on that of the member."""
        return super()._held(card or self._stored_card())
