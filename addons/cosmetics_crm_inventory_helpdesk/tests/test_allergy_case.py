"""From the allergy a customer tells of to the report that the law wants."""

from odoo.addons.cosmetics_crm_helpdesk.tests.common_service import ServiceCommon
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

TAKEN = "2026-05-06 02:00:00"


@tagged("post_install", "-at_install")
class TestAllergyCase(ServiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quality = cls._create_user("test_quality", "cosmetics_inventory.group_quality_manager")
        # The quality managers of the company the tests run in would be asked first.
        cls.others = cls.env.ref("cosmetics_inventory.group_quality_manager").all_user_ids - cls.quality
        cls.product = cls._create_product(is_storable=True, tracking="lot")
        cls.lot = cls.env["stock.lot"].create({"name": "BX2601", "product_id": cls.product.id, "expiration_on": "2029-01-01"})

    def setUp(self):
        super().setUp()
        reports = self.env.registry["cosmetics.adverse.reaction"]
        found = reports._get_quality_managers
        self.patch(reports, "_get_quality_managers", lambda records: found(records) - self.others)

    def _case_of_cream(self, **vals):
        case = self._allergy(product_id=self.product.id, lot_name="bx2601 ", **vals)
        case.no_reaction_reason = False
        return case

    def _reaction(self, case):
        return case.with_user(self.quality).sudo().reaction_id.with_user(self.quality)

    def test_number_read_from_the_pack_finds_the_batch(self):
        case = self._case_of_cream()
        self.assertEqual((case.sudo().lot_id, case.lot_found), (self.lot, "found"))
        case.lot_name = "ZZ9"
        self.assertEqual((case.sudo().lot_id.id, case.lot_found), (False, "unknown"))

    def test_same_number_of_another_product_is_another_batch(self):
        case = self._case_of_cream()
        case.product_id = self._create_product(name="Test Serum")
        self.assertEqual(case.lot_found, "unknown")

    def test_one_button_hands_the_allergy_to_the_quality_manager(self):
        with self._at(TAKEN):
            case = self._case_of_cream()
            case.action_open_reaction()
        reaction = self._reaction(case)
        self.assertEqual((reaction.product_id, reaction.lot_id, reaction.user_id), (self.product, self.lot, self.quality))
        self.assertEqual((reaction.store_id, reaction.reporter, reaction.reporter_phone), (self.store, "王小红", self.member.phone))
        self.assertEqual((str(reaction.aware_on), str(reaction.due_on)), ("2026-05-06", "2026-06-05"))
        self.assertIn("脸颊发红", reaction.description)
        self.assertEqual(reaction.ticket_numbers, case.number)

    def test_case_shows_how_far_the_report_is_and_the_service_reads_no_report(self):
        case = self._case_of_cream()
        action = case.action_open_reaction()
        reaction = self._reaction(case)
        self.assertIn(self.quality.name, action["params"]["message"])
        self.assertEqual((case.reaction_name, case.reaction_state), (reaction.name, "draft"))
        reaction.action_confirm()
        self.assertEqual(case.reaction_state, "to_report")
        with self.assertRaises(AccessError):
            reaction.with_user(self.service).read(["description"])

    def test_quality_manager_with_the_right_opens_the_report(self):
        case = self._case_of_cream()
        case.action_open_reaction()
        self.quality.group_ids += self.env.ref("cosmetics_crm_helpdesk.group_service")
        self.assertEqual(case.with_user(self.quality).action_open_reaction()["res_id"], self._reaction(case).id)

    def test_button_pressed_twice_makes_one_report(self):
        case = self._case_of_cream()
        case.action_open_reaction()
        first = self._reaction(case)
        case.action_open_reaction()
        self.assertEqual(self._reaction(case), first)
        self.assertEqual(self.env["cosmetics.adverse.reaction"].search_count([("product_id", "=", self.product.id)]), 1)

    def test_quality_manager_gets_one_activity_until_the_last_day(self):
        case = self._case_of_cream()
        case.action_open_reaction()
        reaction = self._reaction(case)
        self.assertEqual((reaction.activity_ids.user_id, reaction.activity_ids.date_deadline), (self.quality, reaction.due_on))

    def test_batch_that_is_not_ours_is_reported_by_its_number(self):
        case = self._case_of_cream()
        case.lot_name = "ZZ9"
        case.action_open_reaction()
        self.assertEqual((self._reaction(case).lot_id.id, self._reaction(case).lot_name), (False, "ZZ9"))

    def test_reaction_needs_a_product(self):
        with self.assertRaisesRegex(UserError, "Choose the product"):
            self._allergy().action_open_reaction()

    def test_complaint_is_no_reaction(self):
        with self.assertRaisesRegex(UserError, "not about an allergy"):
            self._case(product_id=self.product.id).action_open_reaction()

    def test_company_without_a_quality_manager_is_told_to_name_one(self):
        case = self._case_of_cream()
        self.quality.active = False
        with self.assertRaisesRegex(UserError, "quality manager"):
            case.action_open_reaction()

    def test_adviser_opens_no_reaction_of_a_case_that_is_hidden(self):
        case = self._case_of_cream()
        with self.assertRaises(AccessError):
            case.with_user(self.adviser).action_open_reaction()

    def test_reaction_of_a_case_is_not_typed(self):
        case = self._case_of_cream()
        with self.assertRaises(UserError):
            case.write({"reaction_id": False})

    def test_allergy_ends_with_a_reaction_or_with_a_word_why_not(self):
        first, second, third = (self._case_of_cream() for _number in range(3))
        with self.assertRaisesRegex(ValidationError, "about an allergy"):
            self._close(first, self.answered)
        second.no_reaction_reason = "只问成分"
        self._close(second, self.answered)
        third.action_open_reaction()
        self._close(third, self.reported)
        self.assertEqual((second.stage_id, third.stage_id), (self.done, self.done))

    def test_withdrawn_consent_leaves_the_report_which_the_law_keeps(self):
        case = self._case_of_cream()
        case.action_open_reaction()
        self.member.consent_ids.with_user(self.manager).action_withdraw()
        self.assertNotIn("发红", case.description)
        self.assertIn("脸颊发红", self._reaction(case).description)

    def test_days_of_the_law_count_from_when_the_case_was_taken_not_from_the_button(self):
        with self._at("2026-05-05 17:00:00"):  # already the sixth of May in Xi'an
            case = self._case_of_cream()
        with self._at("2026-05-20 02:00:00"):
            case.action_open_reaction()
        self.assertEqual(str(self._reaction(case).aware_on), "2026-05-06")

    def test_report_names_the_order_or_receipt_and_how_it_was_bought(self):
        self._buy((self.member, "2026-05-01 02:00", 99.0, self.product))
        case = self._case_of_cream()
        case.purchase_id = self.env["cosmetics.member.purchase"].with_user(self.service).search([("partner_id", "=", self.member.id)])
        case.action_open_reaction()
        reaction = self._reaction(case)
        self.assertEqual((reaction.purchase_document, str(reaction.purchased_on)), ("T1", "2026-05-01"))
        self.assertEqual(reaction.purchase_channel, "online")

    def test_batch_of_another_company_is_not_ours(self):
        other = self.env["res.company"].create({"name": "Test Company"})
        self.lot.sudo().company_id = other
        case = self._case_of_cream()
        self.assertEqual(case.lot_found, "unknown")

    def test_case_that_was_not_handed_over_shows_no_report(self):
        case = self._case_of_cream()
        self.assertFalse(case.reaction_name or case.reaction_state or case.reaction_due_on)

    def test_case_shows_until_when_the_pack_keeps(self):
        case = self._case_of_cream()
        self.assertEqual(str(case.lot_expires_on), "2029-01-01")

    def test_batch_is_not_asked_about_without_a_number(self):
        case = self._case_of_cream()
        case.lot_name = "  "
        self.assertFalse(case.sudo().lot_id)
        case.lot_name = False
        self.assertFalse(case.lot_found)

    def test_copy_of_a_case_has_no_report_yet(self):
        case = self._case_of_cream()
        case.action_open_reaction()
        twin = case.copy()
        self.assertFalse(twin.sudo().reaction_id or twin.lot_name)
