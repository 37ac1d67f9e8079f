"""Many orders are confirmed, or invoiced, together; one that cannot be confirmed never holds up the others."""

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo
from odoo.exceptions import UserError
from odoo.tools import split_every

from .sale_order_allocation_confirm import ALLOCATED

# Large enough that what is asked once per batch weighs little, small enough that one refused order repeats little.
CHUNK = 100


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _confirm_in_bulk(self, size=CHUNK, allocated=False):
        """Confirm these orders in batches and return (confirmed orders, {order: sentence why it was not}).

        All are allocated from one look at the stock first, unless ``allocated`` says that it was done; those whose goods are missing
        are among the refused, and are confirmed by themselves once the goods are there.

        Every batch runs in a savepoint. A batch that is refused is halved until the order that is to blame stands alone, so one
        bad order in a hundred costs about seven batches more, not a hundred. Errors that no clerk can mend, such as a lost
        lock, are raised as always: the caller's transaction begins anew.
        """
        ready = self if allocated else self._allocate_to_confirm()
        done = self.browse()
        refused = {order: order.allocation_sentence or self.env._("No warehouse can give the goods.") for order in self - ready}
        ready = ready.with_context(**{ALLOCATED: Memo()})
        batches = [ready.browse(ids) for ids in split_every(size, ready.ids)][::-1]
        while batches:
            batch = batches.pop()
            if sentence := batch._confirm_batch():
                if len(batch) == 1:
                    refused[self.browse(batch.ids)] = sentence
                else:
                    half = len(batch) // 2
                    batches += [batch[half:], batch[:half]]
            else:
                done += self.browse(batch.ids)
        return done, refused

    def _confirm_batch(self):
        """Confirm these orders together or none of them; return the sentence of the refusal, empty when they are confirmed."""
        try:
            with self.env.cr.savepoint():
                # Core asks order by order which invoices hang on its lines.
                self.order_line.fetch(["invoice_lines"])
                self.action_confirm()
        except UserError as error:
            self.env.invalidate_all()
            return str(error)
        return ""

    def _create_invoices(self, grouped=False, final=False, date=None):
        """Invoice many orders with one look at analytic rules and one log; a single order goes core's way unchanged."""
        if len(self) < 2:
            return super()._create_invoices(grouped=grouped, final=final, date=date)
        notes = {}
        # Core comes to the lines of one order at a time and would read each by itself.
        lines = self.order_line
        lines.fetch(["tax_ids", "invoice_lines"])
        orders = self.with_context(analytic_memo=Memo(), invoice_memo=Memo(notes=notes))
        moves = super(SaleOrder, orders)._create_invoices(grouped=grouped, final=final, date=date)
        moves = moves.with_env(self.env)
        moves._message_log_batch(bodies=notes)
        return moves
