import doctest
import random

from odoo.tests import BaseCase, tagged

from ..models.res_partner import ResPartner
from ..tools import address, divisions, fapiao, phone, retail_calendar, zones


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    """The examples in the plain Python files hold, and odd input harms nothing."""

    def test_the_examples_in_the_documentation_hold(self):
        for module in (address, divisions, fapiao, phone, retail_calendar, zones):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)

    def test_the_parser_keeps_every_word_of_the_street(self):
        for street in ("小寨东路1号", "长安中路89号院内", "锦业路1号都市之门B座 1001", "西长安街88号", "雁塔路南段"):
            with self.subTest(street):
                self.assertEqual(address.parse_address(f"陕西省西安市雁塔区{street}").street, street)

    def test_every_district_of_the_country_is_read_back(self):
        names, wrong = divisions.by_code(), []
        for code, name in names.items():
            if code.endswith("00") or code[:2] in ("71", "81", "82"):
                continue
            if code == "429001":  # the library still has 随州市 as a county, beside the city of 421300
                continue
            parent = names.get(f"{code[:4]}00", "")
            parsed = address.parse_address(f"{names[code[:2] + '0000']}{parent}{name}解放路1号")
            if (parsed.district, parsed.gb_code, parsed.street) != (name, code, "解放路1号"):
                wrong.append((name, parsed))
        self.assertEqual(wrong, [])
        self.assertGreater(len(names), 3000)

    def test_the_calendar_computes_any_year(self):
        for year in range(2025, 2050):
            days = retail_calendar.days_of_year(year)
            self.assertEqual({day.date_to.year for day in days}, {year})
            self.assertTrue(all(day.date_from <= day.date_to for day in days), year)
            self.assertEqual(sum(day.kind == "peak" for day in days), 11)

    def test_a_stored_number_is_read_as_itself(self):
        typed = ("86-13912345678", "029-87654321转801", "4008208820", "18412345678-1234", "138****1234", "+1 650 253 0000", "问前台")
        for text in typed:
            with self.subTest(text):
                once = phone.normalize_phone(text)
                self.assertEqual(phone.normalize_phone(once.display), once)

    def test_a_stored_fapiao_number_is_read_as_itself(self):
        for text in ("2661 2000 0000 0001 2345", "01234567", "6100231130 01234567", "061002200111-01234567"):
            once = fapiao.normalize_fapiao(text)
            self.assertEqual(fapiao.normalize_fapiao(once), once)

    def test_input_of_any_kind_is_kept_and_never_breaks(self):
        words = [
            "陕西省",
            "西安市",
            "雁塔区",
            "高新区",
            "张三",
            "13912345678",
            "138****1234",
            "710061",
            " ",
            "，",
            "\n",
            "*",
            "(",
            "]",
            "转",
            "１",
            "号",
        ]
        dice = random.Random(19)
        for _round in range(300):
            text = "".join(dice.choices(words, k=dice.randint(1, 9)))
            parsed = address.parse_address(text)
            self.assertEqual("*" in "".join(parsed[:9]), "*" in text, text)
            self.assertEqual("13912345678" in text, any("13912345678" in part for part in parsed[:9]), text)
            self.assertTrue(phone.normalize_phone(text).display or not text.strip(), text)
            self.assertIn(len(fapiao.normalize_fapiao(text) or "12345678"), (8, 19, 20, 21), text)

    def test_every_zone_has_a_word_for_the_user(self):
        selection = dict(ResPartner.development_zone._args__["selection"])
        self.assertEqual(set(zones.ZONES), set(selection))
        for key, names in zones.ZONES.items():
            for name in names:
                self.assertEqual(zones.zone_at_start(f"{name}科技路10号"), (key, name))

    def test_holidays_of_a_year_do_not_lie_on_days_worked_for_them(self):
        for year in (2025, 2026):
            self.assertTrue(retail_calendar.is_known(year))
            off = retail_calendar.holidays(year)
            for worked in retail_calendar.makeup_workdays(year):
                self.assertGreaterEqual(worked.date_from.weekday(), 5, worked)
                self.assertFalse([day for day in off if day.date_from <= worked.date_from <= day.date_to], worked)
