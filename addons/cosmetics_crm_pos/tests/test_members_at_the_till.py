"""What a till learns of members, and how a customer joins at it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TillPointsCommon


@tagged("post_install", "-at_install")
class TestMembersAtTheTill(TillPointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._create_member("张小红", "13855501234", birthday="1990-05-20")
        cls.person.skin_type_id = cls.env["cosmetics.skin.type"].search([], limit=1) or cls.env["cosmetics.skin.type"].create(
            {"name": "Oily"}
        )
        cls.adviser = cls._create_user("test_till_adviser", "cosmetics_sales_pos.group_shop_clerk", "cosmetics_crm.group_member_adviser")
        cls.store.user_ids += cls.adviser

    def _partners(self, user=None):
        return self.env["res.partner"].with_user(user or self.clerk)

    def _find(self, text, user=None):
        found = self._partners(user).find_till_members(self.till.id, text)
        return [row["id"] for row in found["res.partner"]]

    def _join(self, codes=("membership",), user=None, **vals):
        vals = {"name": "李晓梅", "phone": "139 5555 6666", **vals}
        return self._partners(user).join_till_member(self.till.id, vals, list(codes))

    # ------------------------------------------------------------------ finding
    def test_member_is_found_by_tail_number_name_initials_and_card(self):
        for text in ("1234", "13855501234", "138 5550 1234", "小红", "zxh", "zhangxiao", self.person.member_number):
            with self.subTest(text):
                self.assertIn(self.person.id, self._find(text))
        for text in ("99991234", "xyz", "王小"):
            with self.subTest(text):
                self.assertNotIn(self.person.id, self._find(text))

    def test_too_short_a_text_finds_nobody(self):
        self.assertEqual(self._find("1"), [])
        self.assertEqual(self._find(""), [])

    def test_found_member_comes_with_the_card(self):
        self._give(250)
        found = self._partners().find_till_members(self.till.id, "12345678")
        self.assertEqual([(row["id"], row["points"]) for row in found["loyalty.card"]], [(self.card.id, 250)])

    def test_clerk_gets_the_tail_of_the_number_and_no_birthday_or_skin(self):
        row = self._partners().read_till_member(self.till.id, self.person.id)["res.partner"][0]
        self.assertEqual(row["phone"], "138****1234")
        shown = row["till_member"]
        self.assertEqual((shown["phone"], shown["birthday"], shown["skin"], shown["brands"]), ("138****1234", "", "", ""))
        self.assertEqual((shown["number"], shown["tier"]), (self.person.member_number, self.person.member_tier_id.name))

    def test_adviser_gets_number_birthday_and_skin_but_no_health_data(self):
        row = self._partners(self.adviser).read_till_member(self.till.id, self.person.id)["res.partner"][0]
        self.assertEqual(row["phone"], self.person.phone)
        self.assertEqual((row["till_member"]["birthday"], row["till_member"]["skin"]), ("05-20", self.person.skin_type_id.name))
        self.assertFalse({key for key in row["till_member"] if "health" in key or "allerg" in key})

    def test_multiplier_shown_is_the_one_the_server_uses(self):
        self.person.birthday = self.env["loyalty.card"]._points_today().replace(year=1990, day=1)
        shown = self._partners().read_till_member(self.till.id, self.person.id)["res.partner"][0]["till_member"]
        self.assertTrue(shown["is_birthday_month"])
        self.assertEqual(shown["multiplier"], self.person.member_tier_id.birthday_multiplier)
        order = self._sell(partner=self.person)
        self.assertEqual(order.points_earned, 100 * shown["multiplier"])

    def test_tier_of_the_member_multiplies_points(self):
        silver = self.env.ref("cosmetics_crm.cosmetics_member_tier_silver")
        self.person.sudo().member_tier_id = silver
        self.person.birthday = False
        self.assertEqual(self._sell(partner=self.person).points_earned, 100 * silver.points_multiplier)

    def test_card_says_what_runs_out_soon_and_what_is_pending_or_owed(self):
        today = self.env["loyalty.card"]._points_today()
        soon = today.replace(day=1).replace(year=today.year + 1)
        self.program.points_notice_days = 400
        self.card._points_earn(self.member, 70, "t,1", expires_on=soon)
        self.card._points_earn(self.member, 30, "t,2", available_on=None)
        row = self._partners().read_till_member(self.till.id, self.member.id)["loyalty.card"][0]
        self.assertEqual((row["points"], row["points_pending"], row["points_soon"], row["points_soon_on"]), (70, 30, 70, soon))

    def test_cards_of_the_customers_a_till_knows_are_loaded_for_work_without_a_connection(self):
        self._give(10)
        self._sell()
        data = {"res.partner": [{"id": self.member.id}]}
        rows = self.env["loyalty.card"].with_user(self.clerk)._load_pos_data_search_read(data, self.till.with_user(self.clerk))
        self.assertIn(self.card.id, [row["id"] for row in rows])

    # ------------------------------------------------------------------ joining
    def test_customer_joins_with_number_name_and_consent(self):
        answer = self._join(codes=("membership", "sms"))
        member = self.env["res.partner"].browse(answer["res.partner"][0]["id"])
        self.assertTrue(answer["is_new"])
        self.assertEqual((member.is_member, member.member_store_id, member.adviser_id), (True, self.store, self.clerk))
        consents = member.consent_ids
        self.assertEqual(set(consents.purpose_id.mapped("code")), {"membership", "sms"})
        self.assertEqual(set(consents.mapped("how")), {"till"})
        self.assertEqual(consents.user_id, self.clerk)

    def test_nobody_joins_without_consent_or_without_a_name(self):
        with self.assertRaisesRegex(UserError, "agreeing"):
            self._join(codes=())
        with self.assertRaisesRegex(UserError, "name"):
            self._join(name=" ")
        self.assertFalse(self.env["res.partner"].search([("phone", "ilike", "5555 6666")]))

    def test_number_of_a_member_offers_that_member(self):
        before = self.env["res.partner"].search_count([])
        answer = self._join(phone="138-5550-1234")
        self.assertFalse(answer["is_new"])
        self.assertIn(self.person.member_number, answer["message"])
        self.assertEqual([row["id"] for row in answer["res.partner"]], [self.person.id])
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_joining_writes_what_was_asked_and_nothing_else(self):
        tier = self.env.ref("cosmetics_crm.cosmetics_member_tier_diamond")
        answer = self._join(member_tier_id=tier.id, credit_limit=9)
        member = self.env["res.partner"].browse(answer["res.partner"][0]["id"])
        self.assertNotEqual(member.member_tier_id, tier)

    def test_consents_asked_at_the_till_name_their_texts(self):
        asked = self._partners().get_till_consents(self.till.id)
        self.assertEqual([consent["code"] for consent in asked if consent["is_required"]], ["membership"])
        self.assertTrue(all(consent["text"] for consent in asked))

    # ------------------------------------------------------------------ rights
    def test_who_works_at_no_till_asks_in_vain(self):
        outsider = self._create_user("test_outsider")
        for call in (
            lambda model: model.find_till_members(self.till.id, "1234"),
            lambda model: model.read_till_member(self.till.id, self.person.id),
            lambda model: model.get_till_consents(self.till.id),
            lambda model: model.join_till_member(self.till.id, {"name": "A", "phone": "13811112222"}, ["membership"]),
        ):
            with self.assertRaises(AccessError):
                call(self._partners(outsider))

    def test_clerk_asks_through_no_till_of_another_shop(self):
        stranger = self._create_user("test_stranger", "cosmetics_sales_pos.group_shop_clerk")
        with self.assertRaises(AccessError):
            self._partners(stranger).find_till_members(self.till.id, "1234")

    def test_member_of_another_company_is_named_but_not_shown(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        self._create_member("Abroad", "13866667777", company_id=company.id)
        self.assertEqual(self._find("7777"), [])
        answer = self._join(phone="13866667777")
        self.assertEqual((answer["is_new"], answer["res.partner"]), (False, []))
        self.assertTrue(answer["message"])

    def test_customer_who_has_not_joined_gets_no_card(self):
        guest = self.env["res.partner"].create({"name": "Guest"})
        order = self._sell(partner=guest)
        self.assertEqual(order.points_earned, 0)
        self.assertFalse(self.env["loyalty.card"].search([("partner_id", "=", guest.id)]))
