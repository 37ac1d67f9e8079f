"""A shop that counts: its manager, two clerks, a quality manager above them; two batches on the shelf."""

from datetime import date
from itertools import count as counter

from odoo import Command

from .common_quality import QualityCommon

COUNTER = "cosmetics_inventory.group_stock_counter"
COUNT_MANAGER = "cosmetics_inventory.group_stock_count_manager"


class StockCountCommon(QualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_user("test_count_boss", COUNT_MANAGER, name="Store Manager")
        cls.deputy = cls._create_user("test_count_deputy", COUNT_MANAGER, name="Deputy")
        cls.clerk = cls._create_user("test_count_clerk", COUNTER, name="First Clerk")
        cls.clerk2 = cls._create_user("test_count_clerk2", COUNTER, name="Second Clerk")
        cls.stranger = cls._create_user("test_count_stranger", COUNTER, name="Clerk of Another Shop")
        cls.store.write({"manager_id": cls.boss.id, "user_ids": [Command.set((cls.boss | cls.deputy | cls.clerk | cls.clerk2).ids)]})
        cls._assign_stores(cls.stranger, cls.store_centre)
        cls.env.company.write(
            {"count_tolerance_quantity": 2, "count_tolerance_value": 200, "count_approval_limit": 500, "count_reason_value": 100}
        )
        cls.lot2 = cls._create_lot("R2602", expiration_on=date(2029, 6, 30))
        cls.reason = cls.env.ref("cosmetics_inventory.stock_count_reason_shrinkage")
        cls._put(cls.lot, 10)
        cls._put(cls.lot2, 5)
        cls.keys = counter()

    @classmethod
    def _put(cls, lot, quantity, location=None, **vals):
        cls.env["stock.quant"]._update_available_quantity(lot.product_id, location or cls.shelf, quantity, lot_id=lot, **vals)

    def _create_count(self, user=None, start=True, **vals):
        """Return a count of the shop, led by its manager, and started unless told otherwise."""
        count = self.env["cosmetics.stock.count"].with_user(user or self.boss).create({"warehouse_id": self.shop.id, **vals})
        if start:
            count.action_start()
        return count

    def _line(self, count, lot, location=None):
        lines = count.sudo().line_ids.filtered(lambda line: line.lot_id == lot)
        return lines.filtered(lambda line: line.location_id == location) if location else lines

    def _prepare_entry(self, quantity, lot=None, **vals):
        """Return one figure as the screen sends it."""
        entry = {"key": f"test-key-{next(self.keys):06d}", "quantity": quantity, "way": "scan", "location_id": self.shelf.id}
        if lot:
            entry.update(product_id=lot.product_id.id, lot_id=lot.id)
        return {**entry, **vals}

    def _enter(self, count, quantity, lot=None, user=None, **vals):
        """Enter one figure as a clerk, and return the answer."""
        [answer] = count.with_user(user or self.clerk).enter([self._prepare_entry(quantity, lot, **vals)])
        return answer

    def _count_all(self, count, user=None, **quantities):
        """Count every line as the books have it, or as `quantities` say by batch name."""
        for line in count.sudo().line_ids.filtered(lambda line: line.round == count.round):
            quantity = quantities.get(line.lot_id.name or line.lot_name, line.book_quantity)
            answer = self._enter(count, quantity, line_id=line.id, user=user)
            self.assertEqual(answer["state"], "taken", answer)

    def _finish(self, count, approver=None, reason=None, **quantities):
        """Count, review, recount by the second clerk, give reasons, submit, approve."""
        self._count_all(count, **quantities)
        count.with_user(self.clerk).action_review()
        if count.sudo().line_ids.filtered("is_recount_needed"):
            count.action_recount()
            self._count_all(count, self.clerk2, **quantities)
            count.action_review()
        for line in count.line_ids.filtered("difference_quantity"):
            line.reason_id = reason or self.reason
        count.action_submit()
        if count.state == "approval":
            count.with_user(approver or self.quality).action_approve()
