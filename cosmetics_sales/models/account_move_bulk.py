"""Invoices that many orders get together: what the log says of each is written once for all."""

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo

ORIGIN = "mail.message_origin_link"


class AccountMove(models.Model):
    _inherit = "account.move"

    def _creation_subtype(self):
        """Within a batch only invoices that somebody else follows are announced one by one; the others are logged together."""
        memo = Memo.of(self.env, "invoice_memo")
        if memo is None:
            return super()._creation_subtype()
        subtype = memo.once(("subtype", self.move_type), super()._creation_subtype)
        if not subtype:
            return subtype
        followed = memo.once("followed", lambda: self._get_followed_from_here(subtype))
        return subtype if self.id in followed else subtype.browse()

    def _search_default_journal(self):
        """Within a batch, the journal of a kind, company and currency is looked for once."""
        memo = Memo.of(self.env, "invoice_memo")
        if memo is None or self.statement_line_ids:
            return super()._search_default_journal()
        # The currency may depend on the journal: as core does it, only one that is known already is asked.
        currency = self.currency_id if self.env.cache.contains(self, self._fields["currency_id"]) else None
        key = ("journal", self.company_id or self.env.company, currency, *self._get_valid_journal_types())
        return memo.once(key, super()._search_default_journal)

    def _invoice_paid_hook(self):
        """Say in the logs of many orders at once that their invoices are paid; core posts order by order."""
        if len(self) < 2:
            return super()._invoice_paid_hook()
        orders = self.invoice_line_ids.sale_line_ids.order_id
        memo = Memo(orders=orders.ids, notes={})
        res = super(AccountMove, self.with_context(paid_memo=memo))._invoice_paid_hook()
        orders.browse(memo["notes"])._message_log_batch(memo["notes"])
        return res

    def _get_followed_from_here(self, subtype):
        """Return the ids, from this invoice on, of those whose creation somebody else wants to hear of."""
        # sudo: clerks do not read who follows what; nothing of it is shown
        followers = self.env["mail.followers"].sudo()
        return set(
            followers.search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", ">=", self.id),
                    ("subtype_ids", "in", subtype.ids),
                    ("partner_id", "!=", self.env.user.partner_id.id),
                ]
            ).mapped("res_id")
        )

    def message_post_with_source(self, source_ref, **kwargs):
        """Within a batch, keep the note of the origin for the end: all of them are written together."""
        memo = Memo.of(self.env, "invoice_memo")
        if memo is None or source_ref != ORIGIN:
            return super().message_post_with_source(source_ref, **kwargs)
        view = memo.once("view", lambda: self.env.ref(ORIGIN))
        render = self.env["mail.render.mixin"]._render_template_qweb_view
        memo["notes"].update(render(view, self._name, self.ids, add_context=kwargs.get("render_values")))
        return self.env["mail.message"]
