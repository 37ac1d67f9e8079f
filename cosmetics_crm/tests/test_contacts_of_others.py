"""Colleagues who know nothing of members make and change contacts as ever; what is the members' stays closed to them."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common_members import MemberCommon


@tagged("post_install", "-at_install")
class TestContactsOfOthers(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._create_user("test_contacts", "base.group_partner_manager")
        cls.partners = cls.env["res.partner"].with_user(cls.colleague)

    def test_contact_is_made_by_who_is_no_adviser(self):
        contact = self.partners.create({"name": "供应商联系人", "phone": "13600000001"})
        self.assertFalse(contact.is_member)

    def test_contact_is_made_by_the_form(self):
        form = Form(self.partners)
        form.name = "快递小哥"
        self.assertTrue(form.save().id)

    def test_contacts_are_imported_by_who_is_no_adviser(self):
        result = self.partners.load(["name", "phone"], [["张三丰", "13600000002"], ["李四光", "13600000003"]])
        self.assertEqual((len(result["ids"] or []), result["messages"]), (2, []))

    def test_contact_is_copied_by_who_is_no_adviser(self):
        contact = self.partners.create({"name": "老客户", "phone": "13600000004"})
        self.assertTrue(contact.copy().id)

    def test_year_of_birth_counts_as_known_until_somebody_says_otherwise(self):
        contact = self.partners.create({"name": "新客户"})
        self.assertTrue(contact.with_user(self.manager).birthday_has_year)
        member = self._create_member(birthday="1904-05-20", birthday_has_year=False)
        self.assertFalse(member.birthday_has_year)
        member.birthday = "1904-05-21"
        self.assertFalse(member.birthday_has_year)

    def test_birthday_is_not_read_by_colleagues(self):
        member = self._create_member(birthday="1990-05-20")
        with self.assertRaises(AccessError):
            member.with_user(self.colleague).read(["birthday"])
        with self.assertRaises(AccessError):
            self.partners.search([("birthday", "=", "1990-05-20")])

    def test_birthday_is_not_written_by_colleagues(self):
        member = self._create_member(birthday="1990-05-20")
        with self.assertRaises(AccessError):
            member.with_user(self.colleague).birthday = "1991-05-20"

    def test_employee_reads_the_name_of_a_member_on_a_document(self):
        member = self._create_member(name="王小红")
        employee = self._create_user("test_any_employee")
        self.assertIn("王小红", member.with_user(employee).display_name)
