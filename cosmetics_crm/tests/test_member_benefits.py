"""What a tier brings: points, prices."""

from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from .common_members import MemberCommon


@tagged("post_install", "-at_install")
class TestMemberBenefits(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member(birthday="1990-05-20", member_tier_id=cls.gold.id)
        cls.env["res.config.settings"].create({"group_product_pricelist": True}).execute()
        rule = Command.create({"compute_price": "percentage", "percent_price": 10, "applied_on": "3_global"})
        cls.tier_prices = cls.env["product.pricelist"].create({"name": "Gold", "item_ids": [rule]})
        cls.gold.pricelist_id = cls.tier_prices

    def _multiplier(self, day, partner=None):
        return self.env["loyalty.program"].with_user(self.adviser)._get_points_multiplier(partner or self.member, day)

    def test_points_are_multiplied_by_the_tier(self):
        self.assertEqual(self._multiplier(date(2026, 11, 28)), 1.5)

    def test_in_the_month_of_birth_the_birthday_multiplier_takes_its_place(self):
        self.assertEqual(self._multiplier(date(2026, 5, 1)), 2)
        self.assertEqual(self._multiplier(date(2026, 6, 1)), 1.5)

    def test_who_is_no_member_gets_points_as_they_are(self):
        self.assertEqual(self._multiplier(date(2026, 5, 1), self.env["res.partner"].create({"name": "Walk-in"})), 1)

    def test_an_address_of_the_member_counts_as_the_member(self):
        address = self.env["res.partner"].create({"name": "Office", "parent_id": self.member.id, "type": "delivery"})
        self.assertEqual(self._multiplier(date(2026, 11, 28), address), 1.5)

    def test_members_of_a_tier_have_its_price_list_at_once(self):
        self.assertEqual(self.member.property_product_pricelist, self.tier_prices)
        self.member.with_user(self.manager).member_tier_id = self.silver
        self.env.invalidate_all()
        self.assertNotEqual(self.member.property_product_pricelist, self.tier_prices)

    def test_a_price_list_agreed_with_one_member_goes_first(self):
        agreed = self.env["product.pricelist"].create({"name": "Agreed"})
        self.member.property_product_pricelist = agreed
        self.env.invalidate_all()
        self.assertEqual(self.member.property_product_pricelist, agreed)

    def test_an_archived_price_list_of_a_tier_is_nobody_s(self):
        self.tier_prices.active = False
        self.env.invalidate_all()
        self.assertNotEqual(self.member.property_product_pricelist, self.tier_prices)
