"""Customers see and close their own cases, and no others."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common_service import ServiceCommon


@tagged("post_install", "-at_install")
class TestServicePortal(HttpCase, ServiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = new_test_user(cls.env, "test_portal_rose", groups="base.group_portal", password="test_portal_rose")
        cls.other = new_test_user(cls.env, "test_portal_lan", groups="base.group_portal", password="test_portal_lan")

    def setUp(self):
        super().setUp()
        self.mine = self._case(partner_id=self.customer.partner_id.id, name="我的面霜漏液")
        self.theirs = self._case(partner_id=self.other.partner_id.id, name="别人的精华碎瓶")
        self.authenticate("test_portal_rose", "test_portal_rose")

    def _close_in_portal(self, case, stage=None):
        self.env.flush_all()
        self.url_open(f"/ticket/close?ticket_id={case.id}&stage_id={(stage or self.done).id}")
        self.env.invalidate_all()

    def test_customer_opens_the_own_case(self):
        page = self.url_open(f"/my/ticket/{self.mine.id}")
        self.assertIn(self.mine.name, page.text)

    def test_customer_does_not_open_the_case_of_somebody_else(self):
        page = self.url_open(f"/my/ticket/{self.theirs.id}")
        self.assertNotIn(self.theirs.name, page.text)
        self.assertTrue(page.url.endswith("/my"))

    def test_customer_lists_the_own_cases_alone(self):
        page = self.url_open("/my/tickets")
        self.assertIn(self.mine.name, page.text)
        self.assertNotIn(self.theirs.name, page.text)

    def test_customer_closes_the_own_case(self):
        self._close_in_portal(self.mine)
        self.assertEqual(
            (self.mine.stage_id, self.mine.outcome_id),
            (self.done, self.env.ref("cosmetics_crm_helpdesk.cosmetics_service_outcome_customer")),
        )

    def test_customer_does_not_close_the_case_of_somebody_else(self):
        self._close_in_portal(self.theirs)
        self.assertEqual(self.theirs.stage_id, self.new)

    def test_customer_does_not_choose_a_stage_of_the_service(self):
        self._close_in_portal(self.mine, self.rejected)
        self.assertEqual(self.mine.stage_id, self.new)

    def test_address_without_sense_closes_nothing(self):
        page = self.url_open("/ticket/close?ticket_id=x")
        self.assertTrue(page.url.endswith("/my"))

    def test_customer_sees_the_own_allergy_and_leaves_its_end_to_the_service(self):
        case = self._allergy(partner_id=self.customer.partner_id.id)
        page = self.url_open(f"/my/ticket/{case.id}")
        self.assertIn(case.name, page.text)
        self.assertNotIn("/ticket/close", page.text)
        self._close_in_portal(case)
        self.assertEqual(case.stage_id, self.new)

    def test_customer_reads_nothing_of_the_service_over_rpc(self):
        case = self.mine.with_user(self.customer)
        self.assertEqual(case.read(["name"])[0]["name"], "我的面霜漏液")
        for name in ("outcome_note", "answer_text", "adjustment_ids", "compensation_state", "partner_phone", "is_health", "purchase_name"):
            with self.assertRaises(AccessError):
                case.read([name])
        for call in (lambda: case.write({"name": "x"}), lambda: self.theirs.with_user(self.customer).read(["name"])):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                call()

    def test_case_written_in_the_portal_goes_to_the_service(self):
        self.env.flush_all()
        page = self.url_open("/new/ticket")
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        self.url_open("/submitted/ticket", data={"subject": "门户提问", "description": "何时发货", "csrf_token": token})
        case = self.env["helpdesk.ticket"].search([("name", "=", "门户提问")])
        self.assertEqual((case.partner_id, case.team_id), (self.customer.partner_id, self.team))
        self.assertEqual(case.channel_id, self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web"))
