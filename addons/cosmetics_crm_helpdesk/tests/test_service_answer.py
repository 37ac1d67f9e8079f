"""Answers to customers, from templates and by hand."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..tools.answer_text import open_places
from .common_service import ServiceCommon


@tagged("post_install", "-at_install")
class TestServiceAnswer(ServiceCommon):
    def test_template_is_filled_in_from_the_case(self):
        case = self._case()
        form = Form(case)
        form.answer_id = self.env.ref("cosmetics_crm_helpdesk.cosmetics_service_answer_received")
        self.assertIn(f"王小红您好，您的问题已登记，工单号 {case.number}", form.answer_text)

    def test_sent_answer_reaches_the_customer_and_starts_the_case(self):
        case = self._case()
        case.answer_text = "马上为您换新"
        case.action_send_answer()
        message = case.message_ids.filtered(lambda message: "换新" in message.body)
        self.assertEqual((message.author_id, message.partner_ids), (self.service.partner_id, self.member))
        self.assertEqual((case.stage_id, case.answer_text), (self.in_progress, False))

    def test_answer_to_a_customer_without_an_address_fails_nobody(self):
        self.member.email = False
        case = self._case(answer_text="马上为您换新")
        case.action_send_answer()
        message = case.message_ids.filtered(lambda message: "换新" in message.body)
        self.assertFalse(message.partner_ids or message.notification_ids)
        self.assertEqual(case.stage_id, self.in_progress)

    def test_answer_written_below_the_case_starts_it_too(self):
        case = self._case()
        case.message_post(body="您好", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertEqual(case.stage_id, self.in_progress)

    def test_note_among_colleagues_and_words_of_the_customer_are_no_answer(self):
        case = self._case()
        case.message_post(body="查一下", message_type="comment", subtype_xmlid="mail.mt_note")
        case.sudo().message_post(body="还在吗", message_type="comment", subtype_xmlid="mail.mt_comment", author_id=self.member.id)
        self.assertEqual(case.stage_id, self.new)

    def test_answer_with_an_open_place_is_not_sent(self):
        case = self._case()
        case.answer_text = "请停用{product}"
        with self.assertRaisesRegex(UserError, "product"):
            case.action_send_answer()

    def test_empty_answer_and_answer_to_nobody_are_not_sent(self):
        case = self._case()
        with self.assertRaisesRegex(UserError, "Write the answer"):
            case.action_send_answer()
        nobody = self._case(partner_id=False, partner_name="路人", answer_text="您好")
        with self.assertRaisesRegex(UserError, "Choose the customer"):
            nobody.action_send_answer()

    def test_customer_without_an_address_gets_no_mail_that_could_only_fail(self):
        self.member.email = False
        case = self._case()
        self._close(case)
        self.env.flush_all()
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "helpdesk.ticket"), ("res_id", "=", case.id)]))

    def test_customer_with_an_address_is_asked_for_a_rating_when_the_case_is_closed(self):
        case = self._case(user_id=self.service.id)
        self._close(case)
        rating = self.env["rating.rating"].search([("res_model", "=", "helpdesk.ticket"), ("res_id", "=", case.id)])
        self.assertEqual((rating.partner_id, rating.rated_partner_id, rating.consumed), (self.member, self.service.partner_id, False))

    def test_allergy_case_asks_for_no_rating(self):
        case = self._allergy()
        self._close(case)
        self.assertFalse(self.env["rating.rating"].search([("res_model", "=", "helpdesk.ticket"), ("res_id", "=", case.id)]))

    def test_rating_given_by_the_customer_shows_in_the_case(self):
        case = self._case(user_id=self.service.id)
        self._close(case)
        case.sudo().rating_apply(5, token=case.sudo()._rating_get_access_token(), feedback="满意")
        self.assertEqual((case.positive_rate_percentage, case.stage_id), (100, self.done))

    def test_every_shipped_answer_fills_in_nothing_but_known_places(self):
        case = self._case(product_id=self._create_product().id)
        answers = self.env["cosmetics.service.answer"].search([])
        self.assertGreater(len(answers), 6)
        for answer in answers:
            self.assertEqual(open_places(answer._fill(case)), [], answer.name)
