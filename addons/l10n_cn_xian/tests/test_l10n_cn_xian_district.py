from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..tools import divisions


@tagged("post_install", "-at_install")
class TestL10nCnXianDistrict(TransactionCase):
    """Districts and the corrected city records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Districts = cls.env["l10n_cn_xian.district"]
        cls.user = new_test_user(cls.env, "xian_reader", "base.group_user")
        cls.editor = new_test_user(cls.env, "xian_editor", "base.group_user,l10n_cn_xian.group_local_data")

    def _vals(self, **vals):
        return {"name": "秦都区", "gb_code": "610402", "state_id": self.env.ref("base.state_cn_SN").id, **vals}

    def test_xian_has_eleven_districts_and_two_counties(self):
        districts = self.Districts.search([("gb_code", "=like", "6101%")])
        self.assertEqual(len(districts.filtered(lambda d: d.kind == "district")), 11)
        self.assertEqual(set(districts.filtered(lambda d: d.kind == "county").mapped("name")), {"蓝田县", "周至县"})
        self.assertEqual(len(districts.city_id), 13)

    def test_the_tax_rate_is_seven_in_districts_and_five_in_county_towns(self):
        for district in self.Districts.search([("gb_code", "=like", "6101%")]):
            self.assertEqual(district.urban_tax_rate, 7 if district.kind == "district" else 5, district.name)

    def test_stale_city_names_are_corrected(self):
        names = {
            "china_city_710200": "西安市高陵区",
            "china_city_710300": "西安市鄠邑区",
            "china_city_713500": "咸阳市彬州市",
            "china_city_712100": "咸阳市杨陵区",
        }
        for xmlid, name in names.items():
            for lang in ("en_US", "zh_CN"):
                self.assertEqual(self.env.ref(f"l10n_cn_city.{xmlid}").with_context(lang=lang).name, name)

    def test_city_names_in_shaanxi_are_those_of_the_standard(self):
        from ..tools.address import parse_address

        for city in self.env["res.city"].search([("state_id", "=", self.env.ref("base.state_cn_SN").id)]):
            parsed = parse_address(city.name)
            self.assertEqual(parsed.city + parsed.district, city.name)

    def test_postal_codes_of_the_inner_districts_are_their_own(self):
        self.assertEqual(self.env.ref("l10n_cn_xian.district_610113").city_id.zipcode, "710061")

    def test_a_name_that_a_user_has_chosen_stays(self):
        city = self.env.ref("l10n_cn_city.china_city_710300")
        city.update_field_translations("name", {"en_US": "鄠邑", "zh_CN": "鄠邑"})
        self.env["res.city"]._xian_correct_cities()
        self.assertEqual(city.name, "鄠邑")

    def test_a_second_run_restores_what_an_update_of_the_city_data_brings_back(self):
        city = self.env.ref("l10n_cn_city.china_city_710300")
        city.update_field_translations("name", {"en_US": "西安市户县", "zh_CN": "西安市户县"})
        self.env["res.city"]._xian_correct_cities()
        self.env["res.city"]._xian_correct_cities()
        self.assertEqual(city.name, "西安市鄠邑区")

    def test_a_district_is_found_by_name_code_and_old_name(self):
        found = self.env.ref("l10n_cn_xian.district_610118")
        for text in ("鄠邑", "610118", "户县"):
            self.assertEqual(self.Districts.with_user(self.user).name_search(text)[0][0], found.id, text)

    def test_a_user_reads_and_an_editor_writes(self):
        self.assertTrue(self.Districts.with_user(self.user).search_count([]))
        with self.assertRaises(AccessError):
            self.Districts.with_user(self.user).create(self._vals())
        self.assertEqual(self.Districts.with_user(self.editor).create(self._vals()).name, "秦都区")

    def test_a_code_that_the_standard_does_not_know_is_refused(self):
        for wrong in ("610199", "610125"):
            with self.assertRaises(ValidationError) as refusal:
                self.Districts.with_user(self.editor).create(self._vals(gb_code=wrong))
            self.assertIn("610113", str(refusal.exception))

    def test_the_database_refuses_a_wrong_form_and_a_second_code(self):
        for vals in ({"gb_code": "61011"}, {"gb_code": "610113"}, {"zip": "71006"}, {"urban_tax_rate": 70.0}):
            with self.subTest(vals), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.Districts.with_user(self.editor).create(self._vals(**vals))

    def test_a_user_neither_renames_nor_deletes(self):
        district = self.env.ref("l10n_cn_xian.district_610113").with_user(self.user)
        with self.assertRaises(AccessError):
            district.name = "雁塔"
        with self.assertRaises(AccessError):
            district.unlink()

    def test_a_customer_of_the_web_shop_sees_no_list_of_ours(self):
        portal = new_test_user(self.env, "xian_portal", "base.group_portal")
        with self.assertRaises(AccessError):
            self.Districts.with_user(portal).search([])

    def test_administrators_edit_the_lists(self):
        admin = new_test_user(self.env, "xian_admin", "base.group_system")
        self.assertTrue(admin.has_group("l10n_cn_xian.group_local_data"))
        self.assertFalse(self.user.has_group("l10n_cn_xian.group_local_data"))

    def test_one_city_record_belongs_to_one_district(self):
        city = self.env.ref("l10n_cn_xian.district_610113").city_id
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.Districts.with_user(self.editor).create(self._vals(city_id=city.id))

    def test_the_list_of_choices_shows_the_code_beside_the_name(self):
        district = self.env.ref("l10n_cn_xian.district_610113")
        self.assertEqual(district.display_name, "雁塔区")
        self.assertEqual(district.with_context(formatted_display_name=True).display_name, "雁塔区\t--610113--")

    def test_every_district_has_the_name_of_the_standard(self):
        for district in self.Districts.search([("gb_code", "=like", "6101%")]):
            self.assertEqual(divisions.by_code()[district.gb_code], district.name)
            self.assertEqual(district.city_id.name, f"西安市{district.name}")

    def test_a_changed_address_format_of_china_stays(self):
        china = self.env.ref("base.cn")
        china.write({"address_format": "%(street)s", "vat_label": "税号"})
        self.env["res.country"]._xian_correct_china()
        self.assertEqual((china.address_format, china.vat_label), ("%(street)s", "税号"))
