from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_move import MoveCommon


@tagged("post_install", "-at_install")
class TestCosmeticsShelfLifeLog(MoveCommon):
    """The log only grows, and remembers what was rolled back."""

    def _entries(self, lot):
        return self.env["cosmetics.shelf.life.log"].search([("lot_id", "=", lot.id)])

    def _record(self, **vals):
        return self.env["cosmetics.shelf.life.log"]._record(
            [{"kind": "refusal", "code": "expired", "sentence": "Test", "lot_res_id": self.fresh.id, **vals}]
        )

    def test_a_refusal_is_remembered_though_everything_else_is_rolled_back(self):
        """Nothing of this test is committed, not even the batch; the entry is seen by another connection all the same."""
        lot = self._create_lot("EXPIRED", -1)
        move = self._create_move(self.stock, self.customers, lot, quantity=2.0)
        with self.assertRaisesRegex(ValidationError, "EXPIRED"):
            move._action_done()
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM cosmetics_shelf_life_log WHERE lot_res_id = %s RETURNING lot_name, user_id", [lot.id])
            self.assertEqual(cr.fetchall(), [("EXPIRED", self.keeper.id)])
            cr.execute("SELECT 1 FROM stock_lot WHERE id = %s", [lot.id])
            self.assertFalse(cr.fetchall())

    def test_each_refused_line_has_its_entry(self):
        lot = self._create_lot("EXPIRED", -1)
        move = self._create_move(self.stock, self.customers, lot, quantity=2.0)
        with self.enter_registry_test_mode():
            try:
                move._action_done()
            except ValidationError:
                entry = self._entries(lot)
            else:
                self.fail("an expired batch left")
        self.assertEqual((entry.kind, entry.code, entry.quantity), ("refusal", "expired", 2.0))
        self.assertEqual((entry.user_id, entry.document), (self.keeper, move.picking_id.name))
        self.assertEqual((entry.res_model, entry.res_id), ("stock.picking", move.picking_id.id))
        self.assertEqual(entry.with_user(self.keeper).action_open_document()["res_id"], move.picking_id.id)

    def test_an_entry_can_be_read_when_its_product_is_gone(self):
        product = self._create_product(name="Old Cream")
        entry = self.env["cosmetics.shelf.life.log"]._record([{"kind": "refusal", "sentence": "Refused", "product_id": product.id}])
        product.unlink()
        self.assertFalse(product.exists())
        view = self.env["cosmetics.shelf.life.log"].with_user(self.keeper).get_view(view_type="list")
        spec = {name: {} for name in view["models"]["cosmetics.shelf.life.log"] if name not in ("user_id", "product_id", "company_id")}
        self.assertEqual(entry.with_user(self.keeper).web_read(spec)[0]["product_name"], "Old Cream")
        groups = self.env["cosmetics.shelf.life.log"].with_user(self.keeper).formatted_read_group([], ["product_name"], ["__count"])
        self.assertIn("Old Cream", [group["product_name"] for group in groups])

    def test_no_view_of_the_log_looks_at_records_that_may_be_gone(self):
        views = self.env["ir.ui.view"].search([("model", "=", "cosmetics.shelf.life.log")])
        self.assertTrue(views)
        for name in ("user_id", "product_id", "company_id"):
            self.assertFalse(views.filtered(lambda view, name=name: f'name="{name}"' in view.arch), name)

    def test_nobody_changes_or_deletes_an_entry(self):
        entry = self._record()
        for user in (self.keeper, self.manager):
            with self.assertRaises(UserError):
                entry.with_user(user).write({"reason": "Other"})
            with self.assertRaises(AccessError):
                entry.with_user(user).unlink()
            with self.assertRaises(AccessError):
                self.env["cosmetics.shelf.life.log"].with_user(user).create({"kind": "refusal", "sentence": "Made up"})
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            entry.sudo().write({"reason": "Other"})
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            entry.sudo().unlink()

    def test_entries_are_found_by_batch_also_when_it_is_gone(self):
        lot = self._create_lot("GONE", 100, quantity=0)
        entry = self._record(lot_res_id=lot.id)
        self.assertEqual(entry.lot_id, lot)
        self.assertEqual(self._entries(lot), entry)
        lot.unlink()
        entry.invalidate_recordset()
        self.assertFalse(entry.lot_id)
        self.assertEqual(entry.lot_name, "GONE")

    def test_no_foreign_key_ties_the_log_to_open_records(self):
        self.env.cr.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'cosmetics_shelf_life_log'::regclass AND contype = 'f'"
            " AND conname NOT LIKE '%%_uid_fkey'"
        )
        self.assertEqual(self.env.cr.fetchall(), [])

    def test_a_user_sees_the_entries_of_the_own_company(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        entry = self._record(company_id=other.id)
        own = self._record()
        seen = self.env["cosmetics.shelf.life.log"].with_user(self.keeper).search([("id", "in", (entry | own).ids)])
        self.assertEqual(seen, own)

    def test_a_document_that_is_gone_is_said_so(self):
        entry = self._record(res_model="stock.picking", res_id=2**30, document="WH/OUT/1")
        with self.assertRaisesRegex(UserError, "WH/OUT/1"):
            entry.with_user(self.keeper).action_open_document()
