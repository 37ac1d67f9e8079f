import doctest

from odoo.tests import BaseCase, tagged

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
