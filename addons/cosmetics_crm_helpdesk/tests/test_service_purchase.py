"""The order or receipt that a case is about."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common_service import ServiceCommon


@tagged("post_install", "-at_install")
class TestServicePurchase(ServiceCommon):
    def setUp(self):
        super().setUp()
        self.product = self._create_product(name="补水面霜")
        self.stranger = self._create_member("赵晓兰")
        self._buy((self.member, "2026-05-01 02:00", 99.0, self.product), (self.stranger, "2026-05-02 02:00", 199.0, self.product))

    def _purchase(self, member):
        return self.env["cosmetics.member.purchase"].with_user(self.service).search([("partner_id", "=", member.id)])

    def test_chosen_purchase_fills_in_product_day_and_document(self):
        form = Form(self._case())
        form.purchase_id = self._purchase(self.member)
        case = form.save()
        self.assertEqual((case.product_id, case.purchase_name, str(case.purchased_on)), (self.product, "T1", "2026-05-01"))
        case.invalidate_recordset()
        self.assertEqual(case.purchase_id, self._purchase(self.member))

    def test_purchase_says_document_product_and_day(self):
        self.assertEqual(self._purchase(self.member).display_name, "T1 · 补水面霜 · 2026-05-01")

    def test_purchase_of_somebody_else_is_refused(self):
        case = self._case()
        with self.assertRaisesRegex(ValidationError, "somebody else"):
            case.purchase_id = self._purchase(self.stranger)

    def test_purchase_does_not_stay_when_the_customer_changes(self):
        case = self._case()
        case.purchase_id = self._purchase(self.member)
        with self.assertRaisesRegex(ValidationError, "somebody else"):
            case.partner_id = self.stranger

    def test_purchase_is_taken_off_again(self):
        case = self._case()
        case.purchase_id = self._purchase(self.member)
        case.purchase_id = False
        self.assertFalse(case.purchase_name or case.purchase_origin)

    def test_document_that_the_role_does_not_open_says_so(self):
        case = self._case()
        case.purchase_id = self._purchase(self.member)
        with self.assertRaisesRegex(UserError, "Your role"):
            case.action_open_purchase()
