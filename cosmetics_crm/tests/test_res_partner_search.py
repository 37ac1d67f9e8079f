"""Finding a member by what a customer says at the till."""

from odoo.tests import tagged
from odoo.tools import SQL

from .common_members import MemberCommon


@tagged("post_install", "-at_install")
class TestMemberSearch(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rose = cls._create_member("单雨桐", phone="13912345678", member_number="VIP-7")
        cls.lily = cls._create_member("张三丰", phone="13987654321")

    def _found(self, text):
        return self.env["res.partner"].with_user(self.adviser).search([("member_search", "ilike", text)])

    def test_the_tail_of_the_number_finds(self):
        for tail in ("678", "5678", "12345678", "139 1234 5678", "+8613912345678"):
            self.assertEqual(self._found(tail), self.rose, tail)

    def test_two_digits_find_nobody(self):
        self.assertFalse(self._found("78"))

    def test_initials_and_spelling_find_also_by_their_beginning(self):
        for text in ("syt", "SYT", "sy", "shanyu", "Shan Yutong"):
            self.assertEqual(self._found(text), self.rose, text)

    def test_a_part_of_the_name_finds(self):
        self.assertEqual(self._found("三丰"), self.lily)

    def test_the_number_of_the_card_finds(self):
        self.assertEqual(self._found("vip-7"), self.rose)
        self.assertEqual(self._found(self.lily.member_number), self.lily)

    def test_signs_with_a_meaning_in_searches_are_plain_signs(self):
        self.assertFalse(self._found("%"))
        self.assertFalse(self._found("s_t"))

    def test_a_new_name_is_found_by_its_new_spelling(self):
        self.lily.name = "郭襄"
        self.assertEqual(self._found("gx"), self.lily)
        self.assertFalse(self._found("zsf"))

    def test_a_field_of_customers_proposes_members_by_tail_and_initials(self):
        model = self.env["res.partner"].with_user(self.adviser)
        for text in ("4321", "zsf"):
            self.assertIn(self.lily.id, [found[0] for found in model.name_search(text)], text)

    def test_a_name_that_is_not_wanted_can_be_left_out(self):
        domain = [("is_member", "=", True), ("member_search", "not in", ["syt"]), ("id", "in", (self.rose + self.lily).ids)]
        self.assertEqual(self.env["res.partner"].search(domain), self.lily)

    def test_every_way_of_finding_uses_an_index(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for text, index in (("5678", "member_phone_tail"), ("13912345678", "member_phone_uniq"), ("syt", "member_initials")):
            query = self.env["res.partner"]._search([("member_search", "ilike", text)])
            plan = "\n".join(row[0] for row in self.env.execute_query(SQL("EXPLAIN %s", query.select())))
            self.assertIn(index, plan, text)
