"""The members of the demo company."""

from odoo.tests import TransactionCase, tagged

from ..loader import load
from ..plan import people
from ..plan.members import TIERS, profile


@tagged("post_install", "-at_install")
class TestDemoMembers(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls.env["res.partner"].browse(cls.env.ref(f"cosmetics_demo.member_{row['ref']}").id for row in people.members())

    def test_every_consumer_has_joined_with_a_number_and_a_consent(self):
        self.assertEqual(len(self.members.filtered("is_member")), people.MEMBER_COUNT)
        self.assertTrue(all(self.members._has_consent("membership").values()))
        self.assertEqual(len(set(self.members.mapped("member_number"))), people.MEMBER_COUNT)

    def test_some_agree_to_messages_and_some_do_not(self):
        self.assertEqual(set(self.members._has_consent("sms").values()), {True, False})

    def test_every_tier_has_members_and_every_store_of_the_plan(self):
        self.assertEqual(len(self.members.member_tier_id), len(set(TIERS)))
        self.assertEqual(len(self.members.member_store_id), len({row["store"] for row in people.members()}))

    def test_the_adviser_of_a_shop_sees_its_members(self):
        adviser = self.env.ref("cosmetics_demo.user_adviser")
        mine = self.env["res.partner"].with_user(adviser).search([("is_member", "=", True), ("adviser_id", "=", adviser.id)])
        self.assertTrue(mine)
        self.assertEqual(mine.member_store_id, adviser.store_ids)

    def test_loading_again_changes_nothing(self):
        before = self.env["cosmetics.member.tier.move"].search_count([])
        load(self.env)
        self.assertEqual(self.env["cosmetics.member.tier.move"].search_count([]), before)

    def test_a_profile_is_the_same_on_every_machine(self):
        self.assertEqual(profile({"ref": "m001"}), profile({"ref": "m001"}))
        self.assertNotEqual(profile({"ref": "m001"}), profile({"ref": "m002"}))
