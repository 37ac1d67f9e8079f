"""What is counted: a batch of a product in a location."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..tools.count_figures import Figures, needs_recount
from .cosmetics_stock_count import CLOSED, MANAGER

REFUSE_CHANGES = """
    CREATE OR REPLACE FUNCTION cosmetics_stock_count_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'figures of a stock count are final'; END $$;
    CREATE OR REPLACE TRIGGER cosmetics_stock_count_line_is_final BEFORE UPDATE ON cosmetics_stock_count_line
        FOR EACH ROW WHEN (OLD.is_final AND (
            OLD.is_final, OLD.book_quantity, OLD.moved_quantity, OLD.counted_quantity, OLD.difference_quantity, OLD.difference_value
        ) IS DISTINCT FROM (
            NEW.is_final, NEW.book_quantity, NEW.moved_quantity, NEW.counted_quantity, NEW.difference_quantity, NEW.difference_value
        )) EXECUTE FUNCTION cosmetics_stock_count_is_final();
    CREATE OR REPLACE TRIGGER cosmetics_stock_count_line_is_kept BEFORE DELETE ON cosmetics_stock_count_line
        FOR EACH ROW WHEN (OLD.is_final) EXECUTE FUNCTION cosmetics_stock_count_is_final();
"""


class CosmeticsStockCountLine(models.Model):
    """Quantities are in the unit of the product, values in the currency of the company, at the cost of the day it started.

    book + moved + difference = counted, always; PostgreSQL checks it.
    """

    _name = "cosmetics.stock.count.line"
    _description = "Line of a Stock Count"
    _order = "count_id desc, location_id, product_id, id"
    _rec_name = "product_id"

    count_id = fields.Many2one("cosmetics.stock.count", required=True, readonly=True, index=True, ondelete="cascade")
    state = fields.Selection(related="count_id.state")
    company_id = fields.Many2one(related="count_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="restrict")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    lot_id = fields.Many2one("stock.lot", string="Batch", readonly=True, index="btree_not_null", ondelete="restrict")
    lot_name = fields.Char(string="Unknown Batch", readonly=True, help="A batch that was found and is not known yet; made at posting.")
    production_date = fields.Date(readonly=True)
    expiration_on = fields.Date(string="Use-by Date", compute="_compute_expiration_on", store=True, readonly=True)
    location_id = fields.Many2one("stock.location", required=True, readonly=True, index=True, ondelete="restrict")
    package_id = fields.Many2one("stock.package", readonly=True, ondelete="restrict")
    owner_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    is_found = fields.Boolean(string="Found", readonly=True, help="The books knew nothing of it when the count started.")
    is_open = fields.Boolean(readonly=True, default=True)
    is_final = fields.Boolean(readonly=True)
    round = fields.Integer(readonly=True, default=1)
    book_quantity = fields.Float(string="Book", digits="Product Unit", required=True, readonly=True, default=0.0, groups=MANAGER)
    unit_cost = fields.Float(digits="Product Price", readonly=True, groups=MANAGER)
    is_counted = fields.Boolean(readonly=True)
    is_disturbed = fields.Boolean(
        string="Moved Meanwhile", readonly=True, groups=MANAGER, help="Goods moved while several people counted this line."
    )
    moved_quantity = fields.Float(
        string="Moved",
        digits="Product Unit",
        required=True,
        readonly=True,
        default=0.0,
        groups=MANAGER,
        help="What came (+) or went (−) until it was counted.",
    )
    counted_quantity = fields.Float(string="Counted", digits="Product Unit", required=True, readonly=True, default=0.0, groups=MANAGER)
    difference_quantity = fields.Float(
        string="Difference", digits="Product Unit", required=True, readonly=True, default=0.0, groups=MANAGER
    )
    difference_value = fields.Monetary(readonly=True, groups=MANAGER)
    is_recount_needed = fields.Boolean(string="Above Tolerance", readonly=True, groups=MANAGER, help="Somebody else must count it again.")
    is_recount_chosen = fields.Boolean(string="Recount", groups=MANAGER, help="Tick to have it counted again, whatever the tolerance.")
    reason_id = fields.Many2one("cosmetics.stock.count.reason", groups=MANAGER, ondelete="restrict")
    note = fields.Char(groups=MANAGER)
    counter_ids = fields.Many2many("res.users", string="Counted by", compute="_compute_counter_ids", groups=MANAGER)
    entry_ids = fields.One2many("cosmetics.stock.count.entry", "line_id", string="Counted Figures", groups=MANAGER)
    move_ids = fields.One2many("stock.move", "stock_count_line_id", string="Moves", groups=MANAGER)

    _open_uniq = models.UniqueIndex(
        "(product_id, COALESCE(lot_id, 0), COALESCE(lower(lot_name), ''), location_id, COALESCE(package_id, 0), COALESCE(owner_id, 0))"
        " WHERE is_open",
        "This batch is being counted here already. Finish that count first.",
    )
    _sum_ties_out = models.Constraint(
        "CHECK(book_quantity + moved_quantity + difference_quantity = counted_quantity)",
        "Book, moved and difference must give what was counted.",
    )

    def init(self):
        self.env.cr.execute(SQL(REFUSE_CHANGES))

    @api.depends("lot_id.expiration_on")
    def _compute_expiration_on(self):
        for line in self:
            # What was counted stays as it was seen, also when the batch is corrected later.
            line.expiration_on = line.expiration_on if line.is_final else line.lot_id.expiration_on or line.expiration_on

    @api.depends("entry_ids.user_id", "round")
    def _compute_counter_ids(self):
        # sudo: a manager of a shop does not see every entry of a colleague; who counted stands on the sheet
        entries = self.env["cosmetics.stock.count.entry"].sudo()
        groups = entries._read_group([("line_id", "in", self.ids)], ["line_id", "round"], ["user_id:recordset"])
        users = {(line.id, number): found for line, number, found in groups}
        for line in self:
            line.counter_ids = users.get((line.id, line.round), self.env["res.users"])

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("The lines of a count come from the stock, or from what is found while counting."))
        return super().create(vals_list)

    def write(self, vals):
        if self and any(line.count_id.state in CLOSED for line in self):
            raise UserError(self.env._("The lines of a closed count stay as they are."))
        if not self.env.su:
            if not vals.keys() <= {"reason_id", "note", "is_recount_chosen"}:
                raise UserError(self.env._("The figures of a count come from counting only."))
            if any(line.count_id.state != "review" for line in self):
                raise UserError(self.env._("Reasons are given, and recounts chosen, while the count is to be reviewed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The lines of a count are evidence and cannot be deleted. Cancel the count with a reason."))

    def action_view_entries(self):
        """Open the figures that were counted for this line."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_stock_count_entry_action")
        return {**action, "domain": [("line_id", "=", self.id)], "context": {}}

    def _get_goods_name(self):
        """Return product and batch as a person reads them."""
        self.ensure_one()
        line = self.sudo()  # sudo: who counts holds the goods in the hand, whatever the role may read
        batch = line.lot_id.name or line.lot_name
        return f"{line.product_id.display_name} {batch}" if batch else line.product_id.display_name

    def _settle(self):
        """Write the figures of these lines from their entries; return the lines whose figures changed.

        One query for all lines. What a person took back is not looked at; the stock of the last entry counts.
        """
        found = self._read_entries()
        changed = self.browse()
        for line in self:
            counted, stock, is_disturbed = found.get(line.id, (None, None, False))
            vals = line._prepare_figures(counted, stock, is_disturbed)
            if any(line[name] != value for name, value in vals.items()):
                line.write(vals)
                changed |= line
        return changed

    def _prepare_figures(self, counted, stock, is_disturbed):
        """Return the figures that follow from what was counted while the books held `stock`; nothing counted is no difference."""
        self.ensure_one()
        if counted is None:
            counted = stock = self.book_quantity
            is_counted = False
        else:
            is_counted = True
        uom = self.product_id.uom_id
        figures = Figures(self.book_quantity, uom.round(stock - self.book_quantity), uom.round(counted))
        difference = uom.round(figures.difference)
        tolerance = self.product_id.categ_id._get_count_tolerance(self.company_id)
        return {
            "is_counted": is_counted,
            "is_disturbed": is_disturbed,
            "moved_quantity": figures.moved,
            "counted_quantity": figures.counted,
            "difference_quantity": difference,
            "difference_value": self.currency_id.round(difference * self.unit_cost),
            "is_recount_needed": self.round == 1 and needs_recount(difference, self.unit_cost, tolerance, is_disturbed),
        }

    def _read_entries(self):
        """Return {line id: (counted, stock at the last entry, whether the stock changed between entries)} of the last rounds."""
        if not self.ids:
            return {}
        self.flush_recordset(["round"])
        self.env["cosmetics.stock.count.entry"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT entry.line_id, sum(entry.quantity), (array_agg(entry.stock_quantity ORDER BY entry.id DESC))[1],
                       min(entry.stock_quantity) <> max(entry.stock_quantity)
                  FROM cosmetics_stock_count_entry entry
                  JOIN cosmetics_stock_count_line line ON line.id = entry.line_id AND line.round = entry.round
             LEFT JOIN cosmetics_stock_count_entry undo ON undo.reversed_entry_id = entry.id
                 WHERE line.id IN %s AND entry.reversed_entry_id IS NULL AND undo.id IS NULL
                 GROUP BY entry.line_id
                """,
                tuple(self.ids),
            )
        )
        return {line_id: (float(counted), float(stock), moved) for line_id, counted, stock, moved in self.env.cr.fetchall()}

    def _check_reasons(self):
        """Ask for the reason of every difference that is large for the company."""
        limit = self.company_id.count_reason_value if len(self.company_id) == 1 else 0.0
        missing = self.filtered(lambda line: line.difference_quantity and abs(line.difference_value) >= limit and not line.reason_id)
        if missing:
            raise ValidationError(
                self.env._(
                    "%(goods)s: a difference of %(value)s needs a reason. Choose one on the line (%(number)s lines without).",
                    goods=missing[0]._get_goods_name(),
                    value=missing[0].currency_id.format(missing[0].difference_value),
                    number=len(missing),
                )
            )
