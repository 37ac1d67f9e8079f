"""Two records of one member become one."""

from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_members import MemberCommon


@tagged("post_install", "-at_install")
class TestMemberMerge(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-28 04:00:00"))
        cls.stays = cls._create_member("王小红", phone="13912345678", birthday="1990-05-20")
        cls.goes = cls._create_member("王小红", phone="13912345679", adviser_id=cls.adviser.id, member_tier_id=cls.gold.id)

    def _merge(self, stays, *others, user=None):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user or self.manager)
        partners = stays.union(*others)
        wizard.create({"partner_ids": [Command.set(partners.ids)], "dst_partner_id": stays.id, "state": "selection"}).action_merge()
        self.env.invalidate_all()

    def test_one_record_with_its_own_number_remains_and_the_other_number_is_free(self):
        number = self.stays.member_number
        self._merge(self.stays, self.goes)
        self.assertFalse(self.goes.exists())
        self.assertEqual((self.stays.member_phone, self.stays.member_number), ("+8613912345678", number))
        self.assertEqual(self._create_member(phone="13912345679").member_phone, "+8613912345679")

    def test_the_higher_tier_wins_with_its_review_and_the_history_ends_with_the_merge(self):
        review = self.goes.member_tier_review_on
        with freeze_time("2026-12-24 04:00:00"):
            self._merge(self.stays, self.goes)
        self.assertEqual((self.stays.member_tier_id, self.stays.member_tier_review_on), (self.gold, review))
        moves = self.env["cosmetics.member.tier.move"].search([("partner_id", "=", self.stays.id)], order="id")
        self.assertEqual(moves.mapped("kind"), ["join", "join", "merge"])
        self.assertEqual((moves[-1].to_tier_id, moves[-1].user_id), (self.gold, self.manager))

    def test_consents_purchases_and_accounts_come_along(self):
        self._consent(self.goes, "sms")
        self._consent(self.stays, "membership")
        self.goes.with_user(self.manager).member_account_ids = [Command.create({"platform": "jd", "account_ref": "jd_rose"})]
        order_partner = self.goes
        self._buy((self.stays, "2026-11-01 03:00:00", 100))
        self._merge(self.stays, order_partner)
        member = self.stays.with_user(self.manager)
        self.assertEqual(set(member.consent_ids.purpose_id.mapped("code")), {"membership", "sms"})
        self.assertEqual(member.member_account_ids.account_ref, "jd_rose")
        self.assertEqual(member.member_spend_total, 100)

    def test_what_one_record_lacks_the_other_gives(self):
        self._merge(self.goes, self.stays)
        member = self.goes.with_user(self.manager)
        self.assertEqual((member.birthday.isoformat(), member.adviser_id), ("1990-05-20", self.adviser))
        self.assertEqual(member.member_phone, "+8613912345679")

    def test_a_contact_that_takes_a_member_over_becomes_the_member(self):
        contact = self.env["res.partner"].create({"name": "王小红", "phone": "13912345677"})
        number = self.goes.member_number
        self._merge(contact, self.goes)
        self.assertEqual((contact.is_member, contact.member_number, contact.member_tier_id), (True, number, self.gold))
        self.assertEqual(contact.member_phone, "+8613912345679")

    def test_a_member_takes_over_the_contact_of_an_order(self):
        contact = self.env["res.partner"].create({"name": "王小红", "phone": "13912345677", "street": "小寨东路1号"})
        self._merge(self.stays, contact)
        self.assertEqual((self.stays.member_phone, self.stays.street), ("+8613912345678", "小寨东路1号"))

    def test_only_a_member_manager_merges_members(self):
        keeper = self._create_user("test_contacts", "base.group_partner_manager")
        with self.assertRaisesRegex(AccessError, "Only a member manager"):
            self._merge(self.stays, self.goes, user=keeper)

    def test_contacts_who_are_no_members_are_merged_as_ever(self):
        one, two = self.env["res.partner"].create([{"name": "A"}, {"name": "A"}])
        self._merge(one, two, user=self._create_user("test_contacts", "base.group_partner_manager"))
        self.assertFalse(two.exists())
        self.assertFalse(one.is_member)
