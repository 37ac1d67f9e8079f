"""What a member may want next."""

from freezegun import freeze_time
from odoo.tests import tagged

from .common_members import MemberCommon


@tagged("post_install", "-at_install")
class TestNextProducts(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-28 04:00:00"))
        cls.member = cls._create_member()
        cls.brand = cls._create_brand("Rosewood")
        cls.series = cls.env["cosmetics.series"].create({"name": "Dew", "brand_id": cls.brand.id})
        of_series = {"brand_id": cls.brand.id, "series_id": cls.series.id}
        cls.toner = cls._create_product(name="Dew Toner", **of_series)
        cls.cream = cls._create_product(name="Dew Cream", **of_series)
        cls.lotion = cls._create_product(name="Rose Lotion", brand_id=cls.brand.id)
        cls.old = cls._create_product(name="Dew Mask", lifecycle_stage_id=cls.stage_delisted.id, **of_series)

    def _next(self):
        return self.member.with_user(self.manager)._get_next_products()

    def test_without_purchases_nothing_is_proposed(self):
        self._buy((self._create_member(), "2026-09-29 03:00:00", 100))
        self.assertEqual(self._next(), [])

    def test_what_is_used_up_comes_first_with_its_rhythm(self):
        self._buy((self.member, "2026-07-31 03:00:00", 100, self.toner), (self.member, "2026-09-29 03:00:00", 100, self.toner))
        first = self._next()[0]
        self.assertEqual((first["product"], first["kind"]), (self.toner, "refill"))
        self.assertEqual(first["sentence"], "Bought on 2 days, every 60 days or so, last on 2026-09-29: due in 0 days.")

    def test_then_the_series_and_the_brand_without_what_the_member_has(self):
        self._buy((self.member, "2026-09-29 03:00:00", 100, self.toner))
        self.assertEqual([(row["product"], row["kind"]) for row in self._next()], [(self.cream, "series"), (self.lotion, "brand")])
        self.assertIn("Dew", self._next()[0]["sentence"])

    def test_what_may_not_be_sold_is_not_proposed(self):
        self._buy((self.member, "2026-09-29 03:00:00", 100, self.toner))
        self.assertNotIn(self.old, [row["product"] for row in self._next()])

    def test_what_was_brought_back_is_not_a_habit(self):
        self._buy(
            (self.member, "2026-07-31 03:00:00", 100, self.toner),
            (self.member, "2026-09-29 03:00:00", 100, self.toner),
            (self.member, "2026-09-30 03:00:00", -200, self.toner, -2),
        )
        self.assertNotIn("refill", [row["kind"] for row in self._next()])

    def test_who_wants_no_proposals_gets_none(self):
        self._buy((self.member, "2026-09-29 03:00:00", 100, self.toner))
        self.member.with_user(self.adviser).no_profiling = True
        self.assertEqual(self._next(), [])
        self.assertFalse(self.member.with_user(self.manager).member_next_products)

    def test_the_page_shows_product_and_reason(self):
        self._buy((self.member, "2026-09-29 03:00:00", 100, self.toner))
        page = self.member.with_user(self.manager).member_next_products
        self.assertIn("Dew Cream", page)
        self.assertIn("still missing", page)
