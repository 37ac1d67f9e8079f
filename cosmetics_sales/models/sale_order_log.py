"""What the log of many orders says of one change is written once for all."""

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _message_track(self, fields_iter, initial_values_dict):
        """Log the changes of many orders together; core posts, or logs, order by order."""
        if len(self) < 2:
            return super()._message_track(fields_iter, initial_values_dict)
        memo = Memo(orders=self.ids, logs={})
        res = super(SaleOrder, self.with_context(order_log_memo=memo))._message_track(fields_iter, initial_values_dict)
        self._log_together(memo)
        return res

    def message_post(self, **kwargs):
        """While many invoices become paid, keep the note of it for the end, unless somebody else follows the order's notes."""
        memo = Memo.of(self.env, "paid_memo")
        if memo is None or kwargs.keys() != {"body"} or self.id in memo["notes"]:
            return super().message_post(**kwargs)
        if self.id in memo.once("followed", lambda: self.browse(memo["orders"])._get_followed_by_others(self.env.ref("mail.mt_note"))):
            return super().message_post(**kwargs)
        memo["notes"][self.id] = kwargs["body"]
        return self.env["mail.message"]

    def _track_subtype(self, init_values):
        """Within a batch only orders that somebody else follows are announced one by one; the others are logged together."""
        memo = Memo.of(self.env, "order_log_memo")
        ask = super()._track_subtype
        if memo is None:
            return ask(init_values)
        subtype = memo.once(("subtype", self.state, *sorted(init_values)), lambda: ask(init_values))
        if not subtype:
            return subtype
        followed = memo.once(("followed", subtype.id), lambda: self.browse(memo["orders"])._get_followed_by_others(subtype))
        return subtype if self.id in followed else subtype.browse()

    def _get_followed_by_others(self, subtype):
        """Return the ids of the orders of which somebody else wants to hear this."""
        # sudo: clerks do not read who follows what; nothing of it is shown
        followers = self.env["mail.followers"].sudo()
        domain = [
            ("res_model", "=", self._name),
            ("res_id", "in", self.ids),
            ("subtype_ids", "in", subtype.ids),
            ("partner_id", "!=", self.env.user.partner_id.id),
        ]
        return set(followers.search_fetch(domain, ["res_id"]).mapped("res_id"))

    def _message_log(self, **kwargs):
        """Within a batch, keep a plain log of changes for the end."""
        memo = Memo.of(self.env, "order_log_memo")
        if memo is None or kwargs.keys() - {"body", "author_id", "tracking_value_ids"}:
            return super()._message_log(**kwargs)
        memo["logs"][self.id] = kwargs
        return self.env["mail.message"]

    def _log_together(self, memo):
        """Write the logs that were kept, those of one author at once."""
        authors = {}
        for order_id, log in memo["logs"].items():
            authors.setdefault(log.get("author_id"), {})[order_id] = log.get("body") or ""
        for author, bodies in authors.items():
            self.browse(bodies).with_context(order_log_memo=memo)._message_log_batch(bodies, author_id=author)

    def _message_create(self, values_list):
        """Give each log of a batch the changes of its own order; core's batch knows none."""
        memo = Memo.of(self.env, "order_log_memo")
        logs = memo["logs"] if memo else {}
        for values in values_list:
            if values.get("model") == self._name and values.get("res_id") in logs and not values.get("tracking_value_ids"):
                values["tracking_value_ids"] = logs[values["res_id"]].get("tracking_value_ids")
        return super()._message_create(values_list)
