"""Who becomes a customer: a whole name with a whole mobile number, and nobody a platform has hidden."""

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import tagged

from . import order_files
from .common_order_import import OrderImportCommon

WHOLE = "13912345678"
# (name, telephone, street) of people who are hidden in part or whole.
HIDDEN = [
    ("张**", WHOLE, "小寨东路1号"),
    ("张*", WHOLE, "小寨东路1号"),
    ("*", WHOLE, "小寨东路1号"),
    ("**", WHOLE, "小寨东路1号"),
    ("*三", WHOLE, "小寨东路1号"),
    ("张＊三", WHOLE, "小寨东路1号"),
    ("张●●", WHOLE, "小寨东路1号"),
    ("王某某", WHOLE, "小寨东路1号"),
    ("##9wKxAbc=##", WHOLE, "小寨东路1号"),
    ("$$1a2b3c$$", WHOLE, "小寨东路1号"),
    ("~kd83jd~~", WHOLE, "小寨东路1号"),
    ("张三", "138****1234", "小寨东路1号"),
    ("张三", "1******6198", "小寨东路1号"),
    ("张三", "*", "小寨东路1号"),
    ("张三", "***********", "小寨东路1号"),
    ("张三", "1391234xxxx", "小寨东路1号"),
    ("张三", "##1a2b##", "小寨东路1号"),
    ("张三", "18412345678-1234", "小寨东路1号"),
    ("张三", "18412345678转1234", "小寨东路1号"),
    ("张三", "", "小寨东路1号"),
    ("", WHOLE, "小寨东路1号"),
    ("张三", WHOLE, "****"),
    ("张三", WHOLE, "小寨东路*****"),
    ("张三", WHOLE, "$$kk2xx==$$"),
    ("张三", "02987654321", "小寨东路1号"),
    ("张三", "1391234567", "小寨东路1号"),
]


@tagged("post_install", "-at_install")
class TestOrderBuyers(OrderImportCommon):
    def _people(self):
        return self.env["res.partner"].search_count([])

    def _order(self, **more):
        (item,) = self._take_in(self._payload(**more))
        self.assertEqual(item.verdict, "new", item.reason)
        return item.order

    def test_hidden_people_become_nobody(self):
        self._order(order_no="first", receiver="张*")
        before = self._people()
        for place, (name, phone, street) in enumerate(HIDDEN):
            with self.subTest(name=name, phone=phone, street=street):
                order = self._order(order_no=f"H{place}", receiver=name, phone=phone, street=street)
                self.assertEqual(order.partner_id, self.channel.partner_id)
        self.assertEqual(self._people(), before)

    def test_hidden_people_are_taken_for_nobody_we_know(self):
        known = self.env["res.partner"].create(
            [{"name": name or "张三", "phone": phone or WHOLE} for name, phone, _street in HIDDEN if phone != "1391234567"]
        )
        for place, (name, phone, street) in enumerate(HIDDEN):
            with self.subTest(name=name, phone=phone, street=street):
                order = self._order(order_no=f"H{place}", receiver=name, phone=phone, street=street)
                self.assertNotIn(order.partner_id, known)

    def test_what_the_platform_says_is_hidden_is_hidden(self):
        order = self._order(is_masked=True)
        self.assertEqual((order.partner_id, order.is_receiver_masked), (self.channel.partner_id, True))

    def test_hidden_parts_stay_on_the_order_as_they_were_written(self):
        order = self._order(receiver="张**", phone="138****1234", street="小寨东路*****")
        self.assertEqual((order.receiver_name, order.receiver_phone, order.is_receiver_masked), ("张**", "138****1234", True))
        self.assertIn("*****", order.receiver_address)

    @settings(max_examples=30, deadline=None)
    @given(st.data())
    def test_a_star_anywhere_hides(self, data):
        """Put one star into name, telephone or street of a person we know: nobody is matched."""
        parts = {"name": "张小三", "phone": WHOLE, "street": "小寨东路1号"}
        which = data.draw(st.sampled_from(sorted(parts)))
        place = data.draw(st.integers(0, len(parts[which]) - 1))
        masked = {**parts, which: parts[which][:place] + "*" + parts[which][place + 1 :]}
        hidden = self.env["res.partner"]._is_hidden(masked["name"], masked["phone"], masked["street"])
        receiver = {**masked, "is_masked": hidden}
        self.assertEqual(self.env["res.partner"]._buyer_key(receiver), "")
        self.assertEqual(self.env["res.partner"]._buyer_key({**parts, "is_masked": False}), "139 1234 5678")

    # ------------------------------------------------------------------ people who are known
    def test_same_number_written_differently_is_one_customer(self):
        orders = [
            self._order(order_no=f"W{place}", phone=phone)
            for place, phone in enumerate((WHOLE, "+86 139-1234-5678", "86-13912345678", "１３９１２３４５６７８"))
        ]
        self.assertEqual(len({order.partner_id for order in orders}), 1)

    def test_of_two_customers_with_a_number_the_same_name_goes_first(self):
        self.env["res.partner"].create({"name": "家人", "phone": "139 1234 5678"})
        same = self.env["res.partner"].create({"name": "王芳", "phone": "139 1234 5678"})
        self.assertEqual(self._order().partner_id, same)

    def test_company_with_the_number_is_not_taken_for_a_person(self):
        firm = self.env["res.partner"].create({"name": "王芳", "phone": "139 1234 5678", "is_company": True})
        self.assertNotEqual(self._order().partner_id, firm)

    def test_customer_of_another_company_is_not_touched(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        foreign = self.env["res.partner"].create({"name": "王芳", "phone": "139 1234 5678", "company_id": company.id})
        self.ecommerce_clerk.company_ids |= company
        clerk = self.ecommerce_clerk.with_context(allowed_company_ids=[self.env.company.id, company.id])
        intake = self.env["cosmetics.order.intake"].with_user(self.ecommerce_clerk).with_context(**clerk.env.context)
        channel = self.channel.with_env(intake.env)
        items = intake._plan(channel, [self._payload()], self.env.company)
        intake._apply(channel, items, self.env.company)
        self.assertEqual((items[0].verdict, items[0].reason), ("new", ""))
        self.assertNotEqual(items[0].order.partner_id, foreign)

    def test_hidden_person_in_a_file_becomes_the_buyer_of_the_channel(self):
        rows = [order_files.douyin_line("6930123456789012345", "1", "KH01")]
        channel = self.channel.copy({"code": "TDY", "name": "Douyin", "platform": "douyin", "shop_name": False, "partner_id": False})
        record = self._import({"抖店.csv": order_files.file_of("douyin", rows)}, channel_id=channel.id)
        before = self._people()
        record.action_import_now()
        self.assertEqual(record.order_ids.partner_id, channel.partner_id)
        self.assertTrue(record.order_ids.is_receiver_masked)
        self.assertEqual(self._people(), before + 1, "the buyer of the channel, made once")
