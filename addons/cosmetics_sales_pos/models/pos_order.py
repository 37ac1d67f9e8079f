"""A paid sale is never refused; one against the life cycle is put on a list."""

from odoo import fields, models
from odoo.tools import format_list


class PosOrder(models.Model):
    _inherit = "pos.order"

    lifecycle_exception = fields.Char(
        string="Sold Against Life Cycle",
        readonly=True,
        copy=False,
        help="Products of this sale whose life cycle stage did not allow selling when the sale reached the server. "
        "The till may have been opened before the stage changed, or have worked without a connection.",
    )

    def _process_saved_order(self, draft):
        """Store first, remark afterwards: the customer has paid and left with the goods."""
        res = super()._process_saved_order(draft)
        if not draft and self.state != "cancel":
            self._record_lifecycle_exception()
        return res

    def _record_lifecycle_exception(self):
        """Note the products that should not have been sold and tell the store manager once per product."""
        self.ensure_one()
        sold = self.lines.filtered(lambda line: line.qty > 0).product_id
        forbidden = sold.filtered(lambda product: not product._is_allowed_by_lifecycle("can_sell"))
        if not forbidden:
            return
        self.lifecycle_exception = format_list(self.env, forbidden.mapped("display_name"))
        # sudo: a clerk may not write on products, but the manager must hear of it.
        for template in forbidden.product_tmpl_id.sudo():
            self._schedule_lifecycle_activity(template)

    def _schedule_lifecycle_activity(self, template):
        """Ask the store manager to look at a product, unless the same request is still open."""
        # sudo: the clerk may stand in for another shop whose store record is closed to them; the sale must not fail on that.
        user = self.config_id.sudo().store_id.manager_id or self.session_id.user_id
        activity_type = self.env.ref("mail.mail_activity_data_warning")
        if template.activity_ids.filtered(lambda act: act.user_id == user and act.activity_type_id == activity_type):
            return
        template.activity_schedule(
            "mail.mail_activity_data_warning",
            user_id=user.id,
            summary=self.env._("Sold at the till against its life cycle stage"),
            note=self.env._(
                "%(product)s was sold in %(order)s while its stage is %(stage)s. "
                "Reload the till, and take the goods off the shelf or change the stage.",
                product=template.display_name,
                order=self.name,
                stage=template.lifecycle_stage_id.name,
            ),
        )
