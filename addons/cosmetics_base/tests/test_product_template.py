from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestProductTemplate(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.env = cls.env(user=cls.user)
        cls.brand = cls._create_brand("Yulan")
        cls.other_brand = cls._create_brand("Qinling")
        cls.series = cls.env["cosmetics.series"].create({"name": "Water", "brand_id": cls.brand.id})
        cls.sunscreen = cls.env.ref("cosmetics_base.efficacy_04")
        cls.moisturising = cls.env.ref("cosmetics_base.efficacy_11")

    def _refused(self, *texts, **vals):
        """Assert that a product with these values is refused with a message that holds the texts and the product."""
        with self.assertRaises(ValidationError) as caught:
            self._create_product(name="Rose Toner", **vals)
        for text in ("Rose Toner", *texts):
            self.assertIn(text, str(caught.exception))

    # Series

    def test_a_series_of_the_brand_is_taken(self):
        product = self._create_product(brand_id=self.brand.id, series_id=self.series.id)
        self.assertEqual(product.series_id, self.series)

    def test_a_series_of_another_brand_is_refused(self):
        self._refused("Water", "Yulan", brand_id=self.other_brand.id, series_id=self.series.id)

    def test_a_series_without_brand_is_refused(self):
        self._refused("Water", "Yulan", series_id=self.series.id)

    def test_the_brand_cannot_be_changed_under_the_series(self):
        product = self._create_product(brand_id=self.brand.id, series_id=self.series.id)
        with self.assertRaises(ValidationError):
            product.product_tmpl_id.brand_id = self.other_brand

    def test_a_series_in_use_stays_with_its_brand(self):
        self._create_product(brand_id=self.brand.id, series_id=self.series.id)
        with self.assertRaises(ValidationError):
            self.series.brand_id = self.other_brand

    # Kind and efficacy

    def test_ordinary_cosmetics_may_not_claim_special_efficacies(self):
        for code in ("01", "02", "03", "04", "05", "a"):
            with self.subTest(code):
                self._refused(efficacy_ids=[Command.set(self.env.ref(f"cosmetics_base.efficacy_{code}").ids)])

    def test_ordinary_cosmetics_may_claim_all_other_efficacies(self):
        ordinary = self.env["cosmetics.efficacy"].search([("is_special", "=", False)])
        self.assertEqual(len(ordinary), 21)
        self.assertEqual(self._create_product(efficacy_ids=[Command.set(ordinary.ids)]).efficacy_ids, ordinary)

    def test_special_cosmetics_need_a_special_efficacy(self):
        self._refused("04", cosmetic_kind="special", efficacy_ids=[Command.set(self.moisturising.ids)])

    def test_special_cosmetics_may_claim_ordinary_efficacies_beside(self):
        product = self._create_product(cosmetic_kind="special", efficacy_ids=[Command.set((self.sunscreen | self.moisturising).ids)])
        self.assertEqual(product.efficacy_ids, self.sunscreen | self.moisturising)

    def test_an_added_special_claim_is_refused_on_ordinary_cosmetics(self):
        product = self._create_product()
        with self.assertRaises(ValidationError):
            product.product_tmpl_id.efficacy_ids = [Command.link(self.sunscreen.id)]

    def test_toothpaste_may_not_claim_special_efficacies(self):
        self._refused(cosmetic_kind="toothpaste", efficacy_ids=[Command.set(self.sunscreen.ids)])

    # Children

    def test_childrens_cosmetics_need_the_gold_shield(self):
        self._refused(is_children=True)

    def test_the_gold_shield_is_for_childrens_cosmetics_only(self):
        self._refused(has_gold_shield=True)

    def test_childrens_cosmetics_with_the_gold_shield_are_taken(self):
        product = self._create_product(is_children=True, has_gold_shield=True)
        self.assertTrue(product.has_gold_shield)
        with self.assertRaises(ValidationError):
            product.product_tmpl_id.is_children = False

    # Sun protection

    def _sunscreen_vals(self, **vals):
        return {"cosmetic_kind": "special", "efficacy_ids": [Command.set(self.sunscreen.ids)], **vals}

    def test_spf_and_pa_are_brought_to_one_form(self):
        product = self._create_product(**self._sunscreen_vals(spf="SPF 50＋", pa="＋＋＋"))
        self.assertEqual((product.spf, product.pa), ("50+", "PA+++"))

    def test_an_impossible_spf_is_refused(self):
        for spf in ("60", "1", "high", "30+"):
            with self.subTest(spf):
                self._refused(spf.upper(), "50+", **self._sunscreen_vals(spf=spf))

    def test_an_impossible_pa_is_refused(self):
        self._refused("PA+++++", **self._sunscreen_vals(pa="PA+++++"))

    def test_spf_without_the_claim_is_refused(self):
        self._refused("04", spf="30")
        self._refused("04", pa="PA++")

    # Numbers

    def test_a_tax_category_code_has_19_digits(self):
        product = self._create_product(tax_category_code="10702230 10000000000")
        self.assertEqual(product.tax_category_code, "1070223010000000000")
        self._refused("9", "1070223010000000000", tax_category_code="107022301")
        self._refused(tax_category_code="107022301000000000X")

    def test_net_content_below_zero_is_refused(self):
        self._refused("50", net_content=-1.0)

    def test_months_below_zero_or_beyond_ten_years_are_refused(self):
        for field in ("shelf_life_months", "pao_months"):
            for months in (-1, 121):
                with self.subTest(field=field, months=months):
                    self._refused(str(months), **{field: months})

    def test_a_control_price_above_the_sales_price_is_refused(self):
        self._refused("100.00", "120.00", list_price=100.0, control_price=120.0)

    def test_the_sales_price_cannot_fall_below_the_control_price(self):
        product = self._create_product(list_price=100.0, control_price=100.0)
        with self.assertRaises(ValidationError):
            product.product_tmpl_id.list_price = 99.0

    def test_a_negative_control_price_is_refused(self):
        self._refused("199", control_price=-1.0)

    def test_the_price_per_100_compares_sizes(self):
        product = self._create_product(list_price=299.0, net_content=50.0, net_content_uom="ml")
        self.assertEqual(product.price_per_100, 598.0)
        product.product_tmpl_id.write({"net_content": 200.0, "net_content_uom": "g"})
        self.assertEqual(product.price_per_100, 149.5)
        product.product_tmpl_id.net_content_uom = "piece"
        self.assertEqual(product.price_per_100, 0.0)

    # Barcodes

    def test_a_right_check_digit_is_taken(self):
        for code in ("6999000000018", "96385074", "099900000012", "2199900000017", "XA-0001", "20000001", "123456"):
            with self.subTest(code):
                self.assertEqual(self._create_product(barcode=code).barcode, code)

    def test_a_wrong_check_digit_is_refused_with_the_right_code(self):
        self._refused("6999000000010", "6999000000018", barcode="6999000000010")
        self._refused("96385075", "96385074", barcode="96385075")
        self._refused("2199900000010", barcode="2199900000010")

    def test_a_mainland_code_is_checked_without_a_kind(self):
        self._refused("6999000000018", cosmetic_kind=False, lifecycle_stage_id=False, registration_no=False, barcode="6999000000010")

    def test_other_goods_keep_their_codes(self):
        product = self._create_product(cosmetic_kind=False, lifecycle_stage_id=False, registration_no=False, barcode="1234567890123")
        self.assertEqual(product.barcode, "1234567890123")

    def test_a_carton_code_is_checked_too(self):
        product = self._create_product()
        vals = {"product_id": product.id, "uom_id": self.env.ref("uom.product_uom_dozen").id}
        packaging = self.env["product.uom"].create({**vals, "barcode": "16999000000015"})
        self.assertEqual(packaging.product_id, product)
        with self.assertRaises(ValidationError):
            packaging.barcode = "16999000000010"

    # Many at once

    def test_one_bad_product_in_a_batch_is_named_and_none_is_kept(self):
        vals_list = [self._prepare_product_vals(name=f"Toner {number}") for number in range(5)]
        vals_list[3]["registration_no"] = "wrong"
        before = self.env["product.template"].search_count([])
        with self.assertRaises(ValidationError) as caught, self.cr.savepoint():
            self.env["product.template"].create(vals_list)
        self.assertIn("Toner 3", str(caught.exception))
        self.assertNotIn("Toner 2", str(caught.exception))
        self.assertEqual(self.env["product.template"].search_count([]), before)

    def test_messages_come_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self._create_product(name="玫瑰水").product_tmpl_id.with_context(lang="zh_CN")
        with self.assertRaises(ValidationError) as caught:
            template.registration_no = "12345"
        self.assertIn("玫瑰水", str(caught.exception))
        self.assertIn("不是有效的备案/注册编号", str(caught.exception))
