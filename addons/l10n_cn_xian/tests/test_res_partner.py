from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestResPartner(TransactionCase):
    """Partners as a clerk without any other right enters them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.china = cls.env.ref("base.cn")
        cls.env.company.country_id = cls.china
        cls.clerk = new_test_user(cls.env, "xian_clerk", "base.group_user,base.group_partner_manager")
        cls.yanta = cls.env.ref("l10n_cn_xian.district_610113")
        cls.Partner = cls.env["res.partner"].with_user(cls.clerk)

    def _create(self, **vals):
        return self.Partner.create({"name": "西安晨光商贸", "country_id": self.china.id, **vals})

    # ------------------------------------------------------------------ telephone
    def test_a_mobile_number_is_normalised_and_gets_its_key(self):
        partner = self._create(phone="86-13912345678")
        self.assertEqual((partner.phone, partner.phone_sanitized), ("139 1234 5678", "+8613912345678"))

    def test_a_landline_keeps_its_extension(self):
        partner = self._create(phone="02987654321转801")
        self.assertEqual((partner.phone, partner.phone_sanitized), ("029-87654321 转 801", "+862987654321"))

    def test_writing_normalises_too(self):
        partner = self._create()
        partner.phone = "４００ ８２０ ８８２０"
        self.assertEqual(partner.phone, "400-820-8820")

    def test_one_write_on_partners_of_two_countries_reads_each_by_its_own(self):
        chinese = self._create()
        american = self._create(country_id=self.env.ref("base.us").id)
        (chinese | american).write({"phone": "13912345678"})
        self.assertEqual((chinese.phone, american.phone), ("139 1234 5678", "13912345678"))

    def test_a_partner_without_country_is_read_by_that_of_the_company(self):
        self.assertEqual(self._create(country_id=False, phone="13912345678").phone, "139 1234 5678")

    def test_masked_and_virtual_numbers_are_kept_and_identify_nobody(self):
        masked = self._create(phone="138****1234")
        self.assertEqual((masked.phone, masked.phone_sanitized), ("138****1234", False))
        virtual = self._create(phone="18412345678-1234")
        self.assertEqual((virtual.phone, virtual.phone_sanitized), ("184 1234 5678 转 1234", False))

    def test_what_is_no_number_stays_as_typed(self):
        self.assertEqual(self._create(phone="问前台 小李").phone, "问前台 小李")
        self.assertFalse(self._create(phone="").phone)

    def test_a_mobile_number_with_a_wrong_digit_is_refused(self):
        for wrong in ("1391234567", "139123456789", "12345678901"):
            with self.subTest(wrong), self.assertRaises(ValidationError) as refusal:
                self._create(phone=wrong)
            self.assertIn("139 1234 5678", str(refusal.exception))

    def test_a_foreign_partner_may_have_such_a_number(self):
        partner = self._create(country_id=self.env.ref("base.us").id, phone="1391234567")
        self.assertEqual(partner.phone, "1391234567")

    def test_the_form_shows_the_chinese_form(self):
        form = Form(self.Partner)
        form.name = "张三"
        form.country_id = self.china
        form.phone = "13912345678"
        self.assertEqual(form.phone, "139 1234 5678")

    # ------------------------------------------------------------------ credit code
    def test_a_credit_code_is_accepted_and_tidied(self):
        partner = self._create(is_company=True, vat=" 9111 0000 6000 3734 1l ")
        self.assertEqual(partner.vat, "91110000600037341L")

    def test_wrong_codes_get_a_sentence_that_helps(self):
        cases = {
            "610113123456789": "15",
            "91110000600037341M": "check|校验",
            "9111000060003734": "16",
            "610102199003070024": "person|个人",
        }
        for wrong, words in cases.items():
            with self.subTest(wrong), self.assertRaises(ValidationError) as refusal:
                self._create(is_company=True, vat=wrong)
            self.assertRegex(str(refusal.exception), words)
            if "person" not in words:
                self.assertIn("91110000600037341L", str(refusal.exception))

    def test_a_person_needs_no_code(self):
        self.assertFalse(self._create(is_company=False).vat)

    def test_another_country_keeps_the_message_of_core(self):
        with self.assertRaises(ValidationError) as refusal:
            self._create(country_id=self.env.ref("base.be").id, vat="BE0477472709")
        self.assertNotIn("91110000600037341L", str(refusal.exception))

    # ------------------------------------------------------------------ address
    def test_an_address_is_shown_in_chinese_order(self):
        partner = self._create(
            state_id=self.env.ref("base.state_cn_SN").id,
            city_id=self.yanta.city_id.id,
            city="西安市雁塔区",
            street="小寨东路1号",
            street2="赛格国际购物中心3楼",
            zip="710061",
        )
        address = "陕西省西安市雁塔区小寨东路1号 赛格国际购物中心3楼\n710061"
        self.assertEqual(partner._display_address(without_company=True), address)

    def test_missing_parts_leave_no_commas_blanks_or_empty_lines(self):
        self.assertEqual(self._create(street="小寨东路1号")._display_address(), "小寨东路1号")
        self.assertEqual(self._create(city="西安市", zip="710000")._display_address(), "西安市\n710000")
        self.assertEqual(self._create()._display_address(), "")

    def test_a_municipality_is_named_once(self):
        beijing = self.env.ref("base.state_cn_BJ")
        partner = self._create(state_id=beijing.id, city="北京市朝阳区", street="建国路88号")
        self.assertEqual(partner._display_address(), "北京市朝阳区建国路88号")

    def test_a_foreign_reader_sees_the_country(self):
        self.env.company.country_id = self.env.ref("base.us")
        partner = self._create(city="西安市", zip="710000").with_context(lang="en_US")
        self.assertEqual(partner._display_address(), "西安市\n710000 China")

    def test_the_zone_stands_behind_the_district(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        partner = self._create(city="西安市雁塔区", street="科技路10号", development_zone="high_tech").with_context(lang="zh_CN")
        self.assertEqual(partner._display_address(), "西安市雁塔区高新区科技路10号")

    def test_other_countries_keep_their_order(self):
        belgian = self._create(country_id=self.env.ref("base.be").id, street="Rue 1", zip="1000", city="Bruxelles")
        self.assertEqual(belgian._display_address().splitlines()[0], "Rue 1")

    def test_a_contact_takes_the_zone_of_its_company(self):
        company = self._create(is_company=True, street="科技路10号", development_zone="high_tech")
        contact = self.Partner.create({"name": "李娜", "parent_id": company.id})
        self.assertEqual(contact.development_zone, "high_tech")

    def test_the_district_follows_the_city_record(self):
        partner = self._create(city_id=self.yanta.city_id.id)
        self.assertEqual(partner.district_id, self.yanta)
        partner.city_id = self.env.ref("l10n_cn_city.china_city_712100")
        self.assertFalse(partner.district_id)

    def test_an_address_in_one_string_becomes_values(self):
        vals = self.Partner._prepare_address_vals("张三，13912345678，陕西省 西安市 户县 高新区 人民路3号")
        partner = self.Partner.create(vals)
        self.assertEqual(partner.name, "张三")
        self.assertEqual(partner.phone, "139 1234 5678")
        self.assertEqual(partner.city_id.name, "西安市鄠邑区")
        self.assertEqual(partner.district_id.gb_code, "610118")
        self.assertEqual(partner.zip, "710300")
        self.assertEqual((partner.street, partner.development_zone), ("人民路3号", "high_tech"))

    def test_a_string_that_is_no_address_is_kept_as_street(self):
        vals = self.Partner._prepare_address_vals("老地方")
        self.assertEqual((vals["street"], vals["city_id"], vals["state_id"]), ("老地方", False, False))

    # ------------------------------------------------------------------ the same rules on every way in
    def test_moving_to_china_brings_the_check_of_the_number(self):
        partner = self._create(country_id=self.env.ref("base.us").id, phone="1391234567")
        with self.assertRaisesRegex(ValidationError, "1391234567"):
            partner.country_id = self.china

    def test_a_number_and_a_country_written_together_are_read_together(self):
        partner = self._create(country_id=self.env.ref("base.us").id)
        partner.write({"country_id": self.china.id, "phone": "02987654321"})
        self.assertEqual(partner.phone, "029-87654321")
        partner.write({"country_id": self.env.ref("base.us").id, "phone": "02987654321"})
        self.assertEqual(partner.phone, "02987654321")

    def test_a_number_can_be_taken_out_again(self):
        partner = self._create(phone="13912345678")
        partner.phone = False
        self.assertEqual((partner.phone, partner.phone_sanitized), (False, False))

    def test_a_batch_is_normalised_partner_by_partner(self):
        us = self.env.ref("base.us").id
        vals = [{"name": "甲", "country_id": self.china.id}, {"name": "B", "country_id": us}, {"name": "丙", "country_id": False}]
        partners = self.Partner.create([{**one, "phone": "13912345678"} for one in vals])
        self.assertEqual(partners.mapped("phone"), ["139 1234 5678", "13912345678", "139 1234 5678"])

    def test_an_import_passes_the_same_rules(self):
        columns, row = ["name", "country_id", "phone", "vat"], ["西安晨光", self.china.with_user(self.clerk).name]
        good = self.Partner.load(columns, [[*row, "86-13912345678", "91110000600037341l"]])
        partner = self.Partner.browse(good["ids"])
        self.assertEqual((partner.phone, partner.vat), ("139 1234 5678", "91110000600037341L"))
        for wrong in (["1391234567", ""], ["", "91110000600037341M"]):
            result = self.Partner.load(columns, [[*row, *wrong]])
            self.assertFalse(result["ids"], wrong)
            self.assertIn(wrong[0] or wrong[1], result["messages"][0]["message"])

    def test_an_employee_without_the_right_cannot_change_an_address(self):
        reader = new_test_user(self.env, "xian_reader", "base.group_user")
        with self.assertRaises(AccessError):
            self._create().with_user(reader).development_zone = "high_tech"

    def test_other_countries_keep_cores_form_of_a_number(self):
        french = self.Partner._phone_format(number="0142685300", country=self.env.ref("base.fr"))
        self.assertEqual(french, "+33142685300")
        self.assertEqual(self.Partner._phone_format(number="029-87654321转801", country=self.china), "+862987654321")
        self.assertEqual(
            self.Partner._phone_format(number="13912345678", country=self.china, force_format="INTERNATIONAL"), "139 1234 5678"
        )
        for nobody in ("138****1234", "18412345678-1234"):
            self.assertFalse(self.Partner._phone_format(number=nobody, country=self.china), nobody)

    def test_an_address_outside_shaanxi_finds_its_province(self):
        vals = self.Partner._prepare_address_vals("王芳 13912345678 广东省深圳市南山区科技园路1号")
        self.assertEqual(self.env["res.country.state"].browse(vals["state_id"]).name, "广东省")
        self.assertEqual((vals["street"], vals["name"], vals["development_zone"]), ("科技园路1号", "王芳", False))

    def test_masked_parts_of_an_address_are_handed_over_as_they_came(self):
        vals = self.Partner._prepare_address_vals("李**,138****1234,陕西省 西安市 雁塔区 雁塔路*****")
        self.assertEqual((vals["name"], vals["phone"]), ("李**", "138****1234"))
        self.assertFalse(self.Partner.create(vals).phone_sanitized)

    def test_a_zone_that_the_street_names_already_is_not_said_twice(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        partner = self._create(city="西安市雁塔区", street="高新区科技路10号", development_zone="high_tech").with_context(lang="zh_CN")
        self.assertEqual(partner._display_address().count("高新区"), 1)

    def test_the_shown_address_follows_a_new_zone(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        partner = self._create(street="科技路10号").with_context(lang="zh_CN")
        self.assertNotIn("高新区", partner.contact_address)
        partner.development_zone = "high_tech"
        self.assertIn("高新区", partner.contact_address)
