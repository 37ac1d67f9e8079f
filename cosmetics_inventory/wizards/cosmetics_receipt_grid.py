"""The grid in which the batches of a receipt are typed, pasted from a sheet, or scanned."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import label_code

MAX_MESSAGES = 10


class CosmeticsReceiptGrid(models.TransientModel):
    """The batches of one open receipt. Applying writes them as move lines in place of those that were there."""

    _name = "cosmetics.receipt.grid"
    _inherit = ["cosmetics.label.reader"]
    _description = "Batches of a Receipt"

    picking_id = fields.Many2one("stock.picking", string="Receipt", required=True, readonly=True, ondelete="cascade")
    supplier_id = fields.Many2one(related="picking_id.partner_id", string="Supplier")
    line_ids = fields.One2many(
        "cosmetics.receipt.grid.line",
        "grid_id",
        string="Batches",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    scan_code = fields.Char(
        string="Scan",
        store=False,
        help="Scan the code of the pack: barcode, GS1 code or QR code of the label. A barcode alone chooses the product; "
        "the next scan or the grid gives the batch.",
    )
    paste_text = fields.Text(
        string="Paste from a Sheet",
        store=False,
        help="Columns: product code or barcode, batch, production date, use-by date, quantity. With a line of headers "
        "(条码, 批号, 生产日期, 限期使用日期, 数量) the order is free.",
    )
    message = fields.Text(readonly=True, store=False)
    scanned_product_id = fields.Many2one("product.product", store=False)
    notice = fields.Text(compute="_compute_notice")

    @api.depends("picking_id")
    def _compute_line_ids(self):
        for grid in self:
            lines = self.env["cosmetics.receipt.grid.line"]
            grid.line_ids = [fields.Command.clear(), *map(fields.Command.create, lines._prepare_vals_of_picking(grid.picking_id))]

    @api.depends("line_ids.product_id", "line_ids.quantity", "line_ids.batch_no", "picking_id")
    def _compute_notice(self):
        for grid in self:
            entered = grid._get_entered()
            ordered = grid._get_ordered()
            sentences = []
            for product, quantity in entered.items():
                excess = product.uom_id.round(quantity - ordered.get(product, 0.0))
                if excess > 0:
                    sentences.append(
                        self.env._(
                            "“%(product)s”: %(entered)g entered, %(ordered)g ordered — %(excess)g too many.",
                            product=product.display_name,
                            entered=quantity,
                            ordered=ordered.get(product, 0.0),
                            excess=excess,
                        )
                    )
            grid.notice = "\n".join(sentences)

    @api.onchange("scan_code")
    def _onchange_scan_code(self):
        if self.scan_code:
            self.message = self._take_scan(self.scan_code)
            self.scan_code = False

    @api.onchange("paste_text")
    def _onchange_paste_text(self):
        if self.paste_text:
            self.message = self._take_sheet(self.paste_text)
            self.paste_text = False

    def action_apply(self):
        """Write the batches to the receipt; applying again replaces what was applied before."""
        self.ensure_one()
        picking = self.picking_id
        picking.check_access("write")
        if not picking.can_enter_batches:
            raise UserError(self.env._("Receipt %s is done or cancelled: its batches cannot be entered any more.", picking.display_name))
        batches = self.line_ids.filtered(lambda line: line.batch_no and line.quantity > 0)
        if not batches:
            raise UserError(self.env._("Enter at least one batch with its quantity."))
        self._check_lines()
        products = self.line_ids.product_id
        stale = picking.move_line_ids.filtered(lambda line: line.product_id in products and line.state not in ("done", "cancel"))
        stale.unlink()
        self.env["stock.move.line"].create(self._prepare_move_line_vals_list(batches))
        return {"type": "ir.actions.act_window_close"}

    def _check_lines(self):
        """Raise a ValidationError for a line that is half filled in."""
        for line in self.line_ids:
            if line.quantity < 0:
                raise ValidationError(self.env._("“%s”: the quantity cannot be negative.", line.product_id.display_name))
            if not line.batch_no and (line.production_date or line.expiration_on):
                raise ValidationError(
                    self.env._("“%s” has a date but no batch. Enter the batch number of the pack.", line.product_id.display_name)
                )
            if line.batch_no and line.quantity and line.is_shelf_life_managed and not (line.production_date or line.expiration_on):
                raise ValidationError(
                    self.env._(
                        "Batch %(batch)s of “%(product)s” has no date. Enter the production date or the use-by date of the pack.",
                        batch=line.batch_no,
                        product=line.product_id.display_name,
                    )
                )

    def _prepare_move_line_vals_list(self, batches):
        """Return the values of the move lines: batches fill the moves of their product in turn, the last one takes the rest."""
        moves = self.picking_id.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        room = {move: move.product_qty for move in moves}
        vals_list = []
        for batch in batches:
            own = moves.filtered(lambda move, batch=batch: move.product_id == batch.product_id)
            left = batch.quantity
            for move in own[:-1]:
                part = min(left, max(room[move], 0.0))
                if part:
                    vals_list.append(batch._prepare_move_line_vals(move, part))
                    room[move] -= part
                    left -= part
            if not batch.product_id.uom_id.is_zero(left):
                vals_list.append(batch._prepare_move_line_vals(own[-1:], left))
                room[own[-1:]] = room.get(own[-1:], 0.0) - left
        return vals_list

    def _get_ordered(self):
        """Return {product: quantity that the open moves of the receipt ask for}, in the unit of the product."""
        ordered = defaultdict(float)
        for move in self.picking_id.move_ids.filtered(lambda move: move.state not in ("done", "cancel")):
            ordered[move.product_id] += move.product_qty
        return ordered

    def _get_entered(self):
        """Return {product: quantity entered with a batch}."""
        entered = defaultdict(float)
        for line in self.line_ids.filtered(lambda line: line.product_id and line.batch_no):
            entered[line.product_id] += line.quantity
        return entered

    def _take_scan(self, text):
        """Enter what a scanned code says; return what the person must know."""
        try:
            label = self._read_label(text)
        except ValidationError as error:
            return str(error)  # the nomenclature says what is wrong with the code
        product, pieces = self._find_product(label.code) if label.code else (self._get_product_of_scan(label), 1.0)
        if not product:
            return self.env._("No product has the code %s. Scan the barcode of the product first.", label.code or text)
        self.scanned_product_id = product
        if not label.batch:
            return self.env._("%s: now scan or type the batch.", product.display_name)
        quantity = label.quantity if label.quantity is not None else (pieces if pieces != 1.0 else None)
        line = self._take_batch(product, label, quantity, is_added=True)
        problem = self._get_unreadable_sentence(label)
        return problem or self.env._("%(product)s: batch %(batch)s", product=product.display_name, batch=line.batch_no)

    def _get_product_of_scan(self, label):
        """Return the product a label without product code is for: the one scanned before, or the only one of the receipt."""
        products = self.picking_id.move_ids.product_id
        return self.scanned_product_id or (products if len(products) == 1 else products.browse())

    def _take_sheet(self, text):
        """Enter the rows of a pasted sheet; return which of them could not be read."""
        rows = label_code.read_sheet(text)
        problems, taken = [], set()
        for row in rows:
            problem = self._take_row(row.label, taken)
            if problem:
                problems.append(self.env._("Line %(line)s: %(problem)s", line=row.line, problem=problem))
        summary = self.env._("%(taken)s of %(rows)s rows taken over.", taken=len(rows) - len(problems), rows=len(rows))
        return "\n".join([summary, *problems[:MAX_MESSAGES]])

    def _take_row(self, label, taken):
        """Enter one row of a sheet; return why not, or None.

        :param set taken: (product id, batch) of the rows before, filled here: a batch that stands in two rows adds up
        """
        product, pieces = self._find_product(label.code)
        if not product:
            return self.env._("no product has the code %s.", label.code or "—")
        if label.unreadable:
            return self._get_unreadable_sentence(label)
        if not label.batch:
            return self.env._("the batch is missing.")
        if not label.quantity:
            return self.env._("the quantity is missing.")
        key = (product.id, label.batch)
        self._take_batch(product, label, label.quantity * pieces, is_added=key in taken)
        taken.add(key)
        return None

    def _take_batch(self, product, label, quantity, is_added=False):
        """Put a label into the grid and return its line.

        :param float|None quantity: in the unit of the product; None leaves the quantity that is open
        :param bool is_added: add to the quantity of a batch that is there, as when cartons are scanned one by one
        """
        same = self.line_ids.filtered(lambda line: line.product_id == product)
        line = same.filtered(lambda line: line.batch_no == label.batch)[:1]
        known = bool(line)
        line = line or same.filtered(lambda line: not line.batch_no)[:1]
        if not line:
            line = self.line_ids.new({"product_id": product.id, "quantity": 0.0})
            self.line_ids += line
        if quantity is not None:
            line.quantity = line.quantity + quantity if known and is_added else quantity
        line._take_label(label)
        self._settle_open_line(product)
        return line

    def _settle_open_line(self, product):
        """Keep one line without batch per product for what is still to come, none when all is there."""
        rest = product.uom_id.round(self._get_ordered().get(product, 0.0) - self._get_entered().get(product, 0.0))
        empty = self.line_ids.filtered(lambda line: line.product_id == product and not line.batch_no)
        if rest <= 0:
            self.line_ids -= empty
        elif empty:
            empty[0].quantity = rest
        else:
            self.line_ids += self.line_ids.new({"product_id": product.id, "quantity": rest})

    def _get_unreadable_sentence(self, label):
        """Return which dates or numbers of a label make no sense, empty when all do."""
        labels = {
            "production_on": self.env._("production date"),
            "expiration_on": self.env._("use-by date"),
            "quantity": self.env._("quantity"),
        }
        names = "、".join(labels.get(name, name) for name in label.unreadable)
        return self.env._("cannot be read: %s. Type it from the pack.", names) if names else ""
