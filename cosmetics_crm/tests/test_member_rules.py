"""Who may change which member."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_members import ADVISER, MemberCommon


@tagged("post_install", "-at_install")
class TestMemberRules(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._create_member()
        cls.other = cls._create_member(member_store_id=cls.other_store.id)

    def test_an_adviser_changes_members_of_the_own_stores_and_own_members_alone(self):
        self.own.with_user(self.adviser).email = "rose@example.com"
        with self.assertRaises(AccessError):
            self.other.with_user(self.adviser).email = "rose@example.com"
        self.other.with_user(self.manager).adviser_id = self.adviser
        self.other.with_user(self.adviser).email = "rose@example.com"

    def test_an_adviser_finds_a_member_of_another_store_by_the_number(self):
        found = self.env["res.partner"].with_user(self.adviser).search([("member_search", "ilike", self.other.member_phone)])
        self.assertEqual(found, self.other)

    def test_an_adviser_changes_no_other_contact(self):
        supplier = self.env["res.partner"].create({"name": "Supplier", "is_company": True})
        with self.assertRaises(AccessError):
            supplier.with_user(self.adviser).name = "Mine"
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.adviser).create({"name": "No Member"})

    def test_an_adviser_joins_nobody_to_another_store(self):
        with self.assertRaises(AccessError):
            self._create_member(user=self.adviser, member_store_id=self.other_store.id)

    def test_who_keeps_contacts_besides_advising_changes_all_contacts(self):
        both = self._create_user("test_both", ADVISER, "base.group_partner_manager")
        self.other.with_user(both).email = "rose@example.com"
        self.assertEqual(self.other.email, "rose@example.com")

    def test_an_adviser_sees_consents_figures_and_tiers_of_own_members_alone(self):
        self._consent(self.own, "sms")
        self._consent(self.other, "sms")
        self.env["cosmetics.member.figures"]._rebuild()
        for model in ("cosmetics.consent", "cosmetics.member.figures", "cosmetics.member.tier.move"):
            seen = self.env[model].with_user(self.adviser).search([("partner_id", "in", (self.own + self.other).ids)])
            self.assertEqual(seen.partner_id, self.own, model)

    def test_a_manager_sees_all(self):
        self._consent(self.other, "sms")
        self.assertTrue(self.env["cosmetics.consent"].with_user(self.manager).search([("partner_id", "=", self.other.id)]))

    def test_an_adviser_withdraws_no_consent_of_another_store(self):
        consent = self._consent(self.other, "sms")
        with self.assertRaises(AccessError):
            consent.with_user(self.adviser).action_withdraw()

    def test_members_of_another_company_are_closed(self):
        company = self.env["res.company"].create({"name": "Test Other Company"})
        member = self._create_member(user=self.env.user, company_id=company.id, member_store_id=False)
        with self.assertRaises(AccessError):
            member.with_user(self.manager).read(["name"])

    def test_an_adviser_sets_up_nothing_and_sees_no_log(self):
        for model, vals in (
            ("cosmetics.member.tier", {"name": "X", "upgrade_amount": 5}),
            ("cosmetics.consent.purpose", {"name": "X", "code": "x"}),
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.adviser).create(vals)
        with self.assertRaises(AccessError):
            self.env["cosmetics.member.access"].with_user(self.adviser).search_count([])

    def test_an_adviser_may_not_export(self):
        self.assertFalse(self.adviser.has_group("base.group_allow_export"))

    def test_the_page_of_a_member_opens_for_each_role(self):
        spec = {"name": {}, "member_tier_missing": {}, "consent_summary": {}, "member_purchase_ids": {"fields": {"amount": {}}}}
        for user in (self.manager, self.adviser):
            with self.subTest(user=user.login):
                self.assertTrue(self.own.with_user(user).web_read(spec)[0]["member_tier_missing"])
                self.env["res.partner"].with_user(user).get_views(
                    [
                        (self.env.ref(f"cosmetics_crm.res_partner_member_view_{kind}").id, kind)
                        for kind in ("form", "list", "kanban", "search")
                    ]
                )
