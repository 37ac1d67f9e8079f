"""What was refused, what was let through and by whom."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ..tools.loose_many2one import LooseMany2one


class CosmeticsShelfLifeLog(models.Model):
    """One refusal, override, departure from FEFO, correction or change of quality. The log only grows.

    The inspection duty of CSAR art. 38-39 asks who decided what about a batch, and when; so nobody changes or
    deletes an entry, not even the system, and no entry needs the records it names to exist any longer.
    """

    _name = "cosmetics.shelf.life.log"
    _description = "Shelf Life Log"
    _order = "id desc"
    _rec_name = "sentence"

    at = fields.Datetime(required=True, readonly=True, index=True, default=fields.Datetime.now)
    kind = fields.Selection(
        [
            ("refusal", "Refused"),
            ("override", "Released by Two Persons"),
            ("fefo", "Other Batch Taken"),
            ("correction", "Dates Corrected"),
            ("quality", "Quality Changed"),
            ("till", "Till"),
            ("own", "Given Back to Its Owner"),
        ],
        required=True,
        readonly=True,
    )
    code = fields.Char(readonly=True, help="Short technical reason, e.g. expired, stopped, recalled.")
    sentence = fields.Char(string="What Happened", required=True, readonly=True)
    reason = fields.Char(readonly=True, help="What the user gave as the reason.")
    # Ids to search by, names to show: what they refer to may be gone, or may never have been committed.
    user_id = LooseMany2one("res.users", string="User Record", readonly=True)
    user_name = fields.Char(string="User", readonly=True)
    company_id = LooseMany2one("res.company", string="Company", readonly=True)
    product_id = LooseMany2one("product.product", string="Product Record", index=True, readonly=True)
    product_name = fields.Char(string="Product", readonly=True)
    lot_name = fields.Char(string="Batch", readonly=True)
    lot_res_id = fields.Integer(string="Batch ID", index="btree_not_null", readonly=True)
    lot_id = fields.Many2one("stock.lot", string="Batch Record", compute="_compute_lot_id", search="_search_lot_id")
    document = fields.Char(readonly=True)
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(string="Document ID", model_field="res_model", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)

    @api.depends("lot_res_id")
    def _compute_lot_id(self):
        lots = self.env["stock.lot"].browse(set(self.mapped("lot_res_id")) - {0}).exists()
        for entry in self:
            entry.lot_id = lots.filtered(lambda lot, entry=entry: lot.id == entry.lot_res_id)

    def _search_lot_id(self, operator, value):
        """Search by batches, by ids, or by a part of the name of the batch as it was."""
        if operator in ("in", "not in"):
            return [("lot_res_id", operator, [item or 0 for item in value])]
        return [("lot_name", operator, value)]

    def write(self, vals):
        if self:
            raise UserError(
                self.env._(
                    "The shelf life log cannot be changed: it shows what was refused or let through. "
                    "Do the right thing now, it is logged too."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The shelf life log cannot be deleted. It shows who decided what about a batch, when and why."))

    def action_open_document(self):
        """Open the document of the entry, with the rights of the user."""
        self.ensure_one()
        self.check_access("read")
        if not self.res_id or self.res_model not in self.env or not self.env[self.res_model].browse(self.res_id).exists():
            raise UserError(
                self.env._("The document “%s” is no longer there. The entry of the log keeps what was decided.", self.document or "")
            )
        return {"type": "ir.actions.act_window", "res_model": self.res_model, "res_id": self.res_id, "view_mode": "form"}

    @api.model
    def _record(self, vals_list):
        """Write entries in this transaction: they stay if it is committed. Return the entries.

        :param vals_list: a list of dicts of field values; `kind` and `sentence` are a must. `user_id`, `company_id`
            and, where `lot_res_id` is given, `product_id` and `lot_name` are filled in when missing.
        """
        # sudo: nobody may create entries by hand, so the acting user has no right to
        return self.sudo().create(self._complete_vals_list(vals_list))

    @api.model
    def _record_apart(self, vals_list):
        """Write entries in a transaction of their own: the refusal rolls the user's transaction back, its trace stays.

        :param vals_list: as in `_record`
        """
        vals_list = self._complete_vals_list(vals_list)
        if not vals_list:
            return
        with self.env.registry.cursor() as cr:
            # The user may have been created by the open transaction, so the entry is written by the system.
            api.Environment(cr, SUPERUSER_ID, {})[self._name].create(vals_list)

    @api.model
    def _complete_vals_list(self, vals_list):
        """Return a copy of the values with time, user, company, product and batch name filled in where missing."""
        lots = {lot.id: lot for lot in self.env["stock.lot"].sudo().browse({vals.get("lot_res_id") for vals in vals_list} - {None, False})}
        products = (
            self.env["product.product"]
            .sudo()
            .browse({vals.get("product_id") for vals in vals_list} - {None, False} | {lot.product_id.id for lot in lots.values()})
        )
        names = {product.id: product.display_name for product in products}
        completed = []
        for vals in vals_list:
            lot = lots.get(vals.get("lot_res_id"))
            vals = {
                "at": fields.Datetime.now(),
                "user_id": self.env.uid,
                "user_name": self.env.user.name,
                "company_id": (lot and lot.company_id.id) or self.env.company.id,
                **({"product_id": lot.product_id.id, "lot_name": lot.name} if lot else {}),
                **vals,
            }
            completed.append({"product_name": names.get(vals.get("product_id")), **vals})
        return completed
