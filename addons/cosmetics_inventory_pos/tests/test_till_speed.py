"""A till sale costs no more queries than in bare Odoo."""

from odoo import Command
from odoo.tests import tagged

from .common import TillBatchCommon


@tagged("post_install", "-at_install")
class TestTillSpeed(TillBatchCommon):
    def _count(self, product, batch):
        """Return the queries of one sale of five lines, everything warm."""
        for _round in range(2):
            packs = [Command.create({"lot_name": batch})]
            sale = self._join(*(self._prepare_sale(product, pack_lot_ids=packs) for _line in range(5)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["pos.order"].with_user(self.clerk).sync_from_ui([sale])
            self.env.flush_all()
            queries = self.env.cr.sql_log_count - before
        return queries

    def test_sale_of_managed_goods_needs_no_more_queries_than_core(self):
        """The same sale, once of goods the module leaves to core."""
        bare = self._create_till_product(name="Plain Cream", cosmetic_kind=False, is_storable=True, tracking="lot")
        self._create_batch("PLAIN", 400, 50, product=bare)
        self._create_batch("MORE", 390, 50)
        core, ours = self._count(bare, "PLAIN"), self._count(self.cream, "MORE")
        self.assertLessEqual(ours, core, f"till sale of five lines: {ours} queries, core's way {core}")
