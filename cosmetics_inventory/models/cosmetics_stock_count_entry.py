"""What somebody counted: one row a figure, for ever."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .cosmetics_stock_count import MANAGER

REFUSE_CHANGES = """
    CREATE OR REPLACE FUNCTION cosmetics_stock_count_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'figures of a stock count are final'; END $$;
    CREATE OR REPLACE TRIGGER cosmetics_stock_count_entry_is_final BEFORE UPDATE OR DELETE ON cosmetics_stock_count_entry
        FOR EACH ROW EXECUTE FUNCTION cosmetics_stock_count_is_final();
"""


class CosmeticsStockCountEntry(models.Model):
    """One counted figure. Many people count at once and add rows; nobody changes one. A slip is taken back by a row of its own."""

    _name = "cosmetics.stock.count.entry"
    _description = "Counted Figure"
    _order = "id desc"
    _rec_name = "line_id"

    line_id = fields.Many2one("cosmetics.stock.count.line", required=True, readonly=True, index=True, ondelete="restrict")
    count_id = fields.Many2one("cosmetics.stock.count", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    product_id = fields.Many2one(related="line_id.product_id")
    lot_id = fields.Many2one(related="line_id.lot_id", string="Batch")
    location_id = fields.Many2one(related="line_id.location_id")
    round = fields.Integer(required=True, readonly=True)
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    stock_quantity = fields.Float(
        string="On the Books Then",
        digits="Product Unit",
        required=True,
        readonly=True,
        groups=MANAGER,
        help="What the system held at the moment of counting.",
    )
    user_id = fields.Many2one("res.users", string="Counted by", required=True, readonly=True, index=True, ondelete="restrict")
    counted_at = fields.Datetime(required=True, readonly=True)
    way = fields.Selection([("scan", "Scanned"), ("typed", "Typed")], required=True, readonly=True)
    device = fields.Char(readonly=True)
    key = fields.Char(required=True, readonly=True, help="Made by the device: what is sent twice is counted once.")
    reversed_entry_id = fields.Many2one("cosmetics.stock.count.entry", string="Takes Back", readonly=True, ondelete="restrict")

    _key_uniq = models.UniqueIndex("(key)", "This figure has been received already.")
    _reversed_uniq = models.UniqueIndex(
        "(reversed_entry_id) WHERE reversed_entry_id IS NOT NULL", "This figure has been taken back already."
    )
    _quantity_sign = models.Constraint(
        "CHECK((reversed_entry_id IS NULL AND quantity >= 0) OR (reversed_entry_id IS NOT NULL AND quantity <= 0))",
        "A counted quantity cannot be negative.",
    )

    def init(self):
        self.env.cr.execute(SQL(REFUSE_CHANGES))

    @api.constrains("user_id", "line_id", "round")
    def _check_another_person(self):
        """A recount by the person who counted first would prove nothing."""
        later = self.filtered(lambda entry: entry.round > 1)
        if not later:
            return
        earlier = self.sudo()._read_group([("line_id", "in", later.line_id.ids)], ["line_id", "user_id", "round"])
        by_line = {}
        for line, user, number in earlier:
            by_line.setdefault(line.id, []).append((user.id, number))
        for entry in later:
            if any(user == entry.user_id.id and number < entry.round for user, number in by_line[entry.line_id.id]):
                raise ValidationError(
                    self.env._("%s: you counted this before. Somebody else must count it again.", entry.line_id._get_goods_name())
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Figures come from the screen for counting only."))
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise UserError(self.env._("A counted figure is never changed. Take it back and count again."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A counted figure is never deleted. Take it back and count again."))
