"""Transfers of many orders are made, and say where they come from, together."""

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def action_confirm(self):
        """Within a launch of many orders, keep the transfers for its end: all are confirmed, and looked at for supply, at once."""
        memo = Memo.of(self.env, "launch_memo")
        if memo is None:
            return super().action_confirm()
        memo["pickings"] += self.ids
        return True

    def message_post_with_source(self, source_ref, *, render_values=None, **kwargs):
        """Keep the note of where new transfers come from until all of them are there."""
        memo = Memo.of(self.env, "origin_memo")
        if memo is None or source_ref != "mail.message_origin_link":
            return super().message_post_with_source(source_ref, render_values=render_values, **kwargs)
        for picking in self:
            memo[picking.id] = render_values
        return self.env["mail.message"]

    def _log_origins(self, origins):
        """Log the notes that waited: {picking id: values of the template}. The same words as core posts, one insert."""
        view = self.env.ref("mail.message_origin_link")
        render = self.env["mail.render.mixin"]._render_template_qweb_view
        bodies = {key: render(view, self._name, [key], add_context=values)[key] for key, values in origins.items()}
        self.browse(bodies)._message_log_batch(bodies)
