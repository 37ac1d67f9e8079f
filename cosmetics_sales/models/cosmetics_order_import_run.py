"""The background job: orders in small lots, each lot committed, so that whatever happens in between loses and doubles nothing."""

import logging
import random
import time

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

CHUNK = 50
PATIENCE = 5
"""How often a lot begins anew after a conflict with another process."""


class CosmeticsOrderImport(models.Model):
    _inherit = "cosmetics.order.import"

    @api.model
    def _cron_import(self):
        """Import what is waiting, import by import, lot by lot; called by the scheduler."""
        for record in self.search([("state", "=", "running")], order="id"):
            # As the clerk who started it: the job must not see or do more than the clerk.
            own = record.with_user(record.user_id).with_company(record.company_id).with_context(allowed_company_ids=record.company_id.ids)
            if not (own.user_id.active and own.has_access("write")):
                # One who has left must not hold up the imports of the others.
                sentence = self.env._("%s may not import orders any more. Somebody else presses Import to go on.", record.user_id.name)
                record.write({"state": "preview", "problem": sentence})
                continue
            waiting = own._count_waiting_lines()
            self.env["ir.cron"]._commit_progress(remaining=waiting)
            if not own._run_to_end(waiting):
                return

    def _run_to_end(self, waiting):
        """Import all lots; return False when the scheduler's time is over and the rest is left for its next run."""
        conflicts = 0
        while lines := self._get_waiting_lines(CHUNK):
            over = self._run_chunk(lines)
            conflicts = 0 if over else conflicts + 1
            waiting = max(waiting - over, 0)
            time_left = self.env["ir.cron"]._commit_progress(over, remaining=waiting)
            if conflicts >= PATIENCE:
                _logger.info("Order import %s: others are busy with the same orders, going on later", self.id)
                return False
            if conflicts:
                time.sleep(random.uniform(0, 0.2 * 2**conflicts))
            if not time_left:
                return False
        self._finish()
        self.env["ir.cron"]._commit_progress()
        return True

    def _run_chunk(self, lines):
        """Import one lot; return how many rows are over. A conflict with another process undoes the lot and gives 0."""
        try:
            if not self.try_lock_for_update(allow_referencing=True):
                return 0
            again = self._first_of_each_order(lines)._import_together()
            self.env.flush_all()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as conflict:
            _logger.info("Order import %s: %s, beginning the lot anew", self.id, type(conflict).__name__)
            self.env.cr.rollback()
            self.env.transaction.reset()
            return 0
        return len(lines) - len(again)

    def _import_waiting(self):
        """Import all waiting rows in this transaction; rows another process is taking in are left to the job."""
        self.ensure_one()
        while lines := self._get_waiting_lines(CHUNK):
            if again := self._first_of_each_order(lines)._import_together():
                # They cannot be seen before this transaction is over.
                _logger.info("Order import %s: %s orders are being taken in by others", self.id, len(again))
                self.env.ref("cosmetics_sales.ir_cron_order_import").sudo()._trigger()
                return
        self._finish()

    @api.model
    def _first_of_each_order(self, lines):
        """Return the rows without a second one of the same order: that one is an update of the first, in the next lot."""
        firsts = {line.order_ref or line.id: line.id for line in reversed(lines)}
        return lines.browse(sorted(firsts.values()))

    def _finish(self):
        """Close the import with one message instead of one on each order."""
        self.ensure_one()
        self.invalidate_recordset()
        self.sudo().state = "done"  # sudo: nobody declares an import done but the import
        self.message_post(
            body=self.env._(
                "%(new)s new, %(updated)s updated, %(same)s unchanged, %(bad)s to mend. "
                "Sum of the files %(total).2f, difference %(difference).2f.",
                new=self.new_count,
                updated=self.update_count,
                same=self.same_count,
                bad=self.bad_count,
                total=self.amount_file,
                difference=self.amount_difference,
            )
        )
