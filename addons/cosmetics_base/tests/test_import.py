from odoo.tests import tagged

from .common import CosmeticsCommon

FIELDS = [
    "name",
    "cosmetic_kind",
    "brand_id",
    "registration_no",
    "barcode",
    "list_price",
    "lifecycle_stage_id",
    "lifecycle_reason",
]


@tagged("post_install", "-at_install")
class TestImport(CosmeticsCommon):
    """The path of the import screen: `load` with the texts of a spreadsheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "cosmetics_base.group_master_data")
        cls.env = cls.env(user=cls.user)
        cls.brand = cls._create_brand("Yulan")

    def _row(self, name, number="陕G妆网备字2021000001", barcode="", stage="On Sale", reason=""):
        return [name, "Ordinary Cosmetics", "Yulan", number, barcode, "99.0", stage, reason]

    def _load(self, rows, fields=FIELDS):
        return self.env["product.template"].load(fields, rows)

    def test_rows_come_in_normalised_and_logged(self):
        result = self._load([self._row("Import Cream", number="国妆网备进字 (沪) 2026003870", reason="First import")])
        self.assertFalse(result["messages"])
        template = self.env["product.template"].browse(result["ids"])
        self.assertEqual(template.registration_no, "国妆网备进字（沪）2026003870")
        self.assertEqual(template.brand_id, self.brand)
        self.assertEqual(template.lifecycle_stage_id, self.stage_sale)
        self.assertEqual(template.lifecycle_move_ids.reason, "First import")
        self.assertEqual(template.lifecycle_move_ids.user_id, self.user)

    def test_one_bad_row_is_named_and_nothing_is_half_saved(self):
        rows = [self._row(f"Import Cream {number}") for number in range(6)]
        rows[4][3] = "国妆特字20210001"
        result = self._load(rows)
        self.assertFalse(result["ids"])
        errors = [message for message in result["messages"] if message["type"] == "error"]
        self.assertTrue(all("Import Cream 4" in error["message"] for error in errors), errors)
        self.assertIn({"from": 4, "to": 4}, [error["rows"] for error in errors])
        self.assertFalse(self.env["product.template"].search([("name", "like", "Import Cream")]))

    def test_a_wrong_check_digit_is_refused(self):
        result = self._load([self._row("Import Cream", barcode="6999000000010")])
        self.assertFalse(result["ids"])
        self.assertIn("6999000000018", result["messages"][0]["message"])

    def test_the_gate_holds_for_imports(self):
        result = self._load([self._row("Import Cream", number="")])
        self.assertFalse(result["ids"])
        self.assertIn("Import Cream", result["messages"][0]["message"])

    def test_an_import_that_updates_is_gated_and_logged(self):
        template = self._create_product(name="Old Cream").product_tmpl_id
        fields = [".id", "lifecycle_stage_id", "lifecycle_reason"]
        refused = self._load([[str(template.id), "Introduction", ""]], fields)
        self.assertFalse(refused["ids"])
        self.assertIn("Old Cream", refused["messages"][0]["message"])
        done = self._load([[str(template.id), "Clearance", "Autumn sale"]], fields)
        self.assertFalse(done["messages"])
        template.invalidate_recordset()
        self.assertEqual(template.lifecycle_stage_id, self.stage_clearance)
        self.assertEqual(template.lifecycle_move_ids[0].reason, "Autumn sale")

    def test_an_unknown_brand_is_reported(self):
        row = self._row("Import Cream")
        row[2] = "No Such Brand"
        result = self._load([row])
        self.assertFalse(result["ids"])
        self.assertIn("No Such Brand", result["messages"][0]["message"])
