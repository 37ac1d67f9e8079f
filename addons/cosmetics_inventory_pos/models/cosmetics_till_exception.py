"""Till sales whose goods could not leave the stock."""

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life_rule import NO_BATCH
from odoo.exceptions import UserError
from odoo.tools import format_datetime

# What the rule calls otherwise than this list.
CODE_OF_RULE = {NO_BATCH: "missing"}


class CosmeticsTillException(models.Model):
    """One product of a paid till sale that has not left the stock, because its batch is blocked, unknown or short.

    The customer has paid and gone; so the sale stands, the goods stay in the books, and the store manager decides: another
    batch went over the counter, the goods came back, were replaced, or are disposed of. Nothing is lost in silence.
    """

    _name = "cosmetics.till.exception"
    _description = "Till Exception"
    _inherit = ["mail.activity.mixin", "mail.thread"]
    _order = "state, id desc"
    _rec_name = "sentence"

    order_id = fields.Many2one("pos.order", string="Till Order", readonly=True, index="btree_not_null", ondelete="cascade")
    line_id = fields.Many2one("pos.order.line", string="Till Order Line", readonly=True, index="btree_not_null", ondelete="cascade")
    session_id = fields.Many2one("pos.session", string="Till Session", readonly=True, index="btree_not_null")
    config_id = fields.Many2one("pos.config", string="Till", readonly=True, index="btree_not_null")
    store_id = fields.Many2one(related="config_id.store_id", store=True, index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    move_id = fields.Many2one("stock.move", string="Undone Move", required=True, readonly=True, ondelete="cascade")
    picking_id = fields.Many2one(related="move_id.picking_id", string="Undone Transfer", store=True, index="btree_not_null")
    sold_at = fields.Datetime(related="order_id.date_order", string="Sold At", store=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    lot_name = fields.Char(string="Batch", readonly=True, help="The batch as it stands on the ticket.")
    quantity = fields.Float(digits="Product Unit", readonly=True, help="Pieces; negative for a return.")
    code = fields.Selection(
        [
            ("expired", "Expired"),
            ("stopped", "Past Its Stop-Sale Date"),
            ("quarantine", "In Quarantine"),
            ("rejected", "Rejected"),
            ("recalled", "Recalled"),
            ("unknown", "Unknown Batch"),
            ("short", "Not Enough of the Batch"),
            ("none", "No Batch Left to Sell"),
            ("missing", "No Batch Given"),
            ("unsold", "Its Sale Has Not Left the Stock"),
            ("promise", "Promise Not Kept"),
            ("other", "Other Reason"),
        ],
        string="Why",
        required=True,
        readonly=True,
    )
    sentence = fields.Char(string="What Is Wrong", required=True, readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("resolved", "Resolved")], required=True, default="open", readonly=True, index=True, tracking=True
    )
    resolution = fields.Selection(
        [
            ("other_batch", "Another Batch Was Sold"),
            ("returned", "Goods Came Back or Never Left"),
            ("replaced", "Replaced From Another Batch"),
            ("disposed", "Disposed Of"),
        ],
        readonly=True,
        tracking=True,
    )
    lot_id = fields.Many2one("stock.lot", string="Batch Taken", readonly=True, help="The batch the store manager booked out instead.")
    note = fields.Char(readonly=True)
    resolved_by_id = fields.Many2one("res.users", readonly=True)
    resolved_at = fields.Datetime(readonly=True)

    _move_uniq = models.Constraint("UNIQUE (move_id)", "This move is on the list of till exceptions already.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A till exception cannot be deleted: it shows what was sold. Resolve it instead."))

    # ------------------------------------------------------------------ what went wrong

    @api.model
    def _record_fault(self, moves, line, code, lot_name):
        """List a line whose batch may not move."""
        code_of_sentence = "in_time" if code in ("expired", "stopped") and line._was_sold_in_time(lot_name) else code
        sentence = self._get_fault_sentences()[code_of_sentence] % {
            "batch": lot_name,
            "product": line.product_id.display_name,
            "sold_at": format_datetime(self.env, line.order_id.date_order, tz="Asia/Shanghai", dt_format="yyyy-MM-dd HH:mm"),
        }
        self._record([self._prepare_exception_vals(move, line, code, sentence, lot_name) for move in moves])

    @api.model
    def _record_undone(self, pickings, lines=None):
        """List each product that a till's transfers have not moved and that is not listed yet; return the new exceptions.

        :param pickings: transfers of tills; what is done, cancelled or to be shipped later is left alone.
        :param lines: the ticket lines of these transfers when the transfers do not know their order yet.
        """
        moves = pickings.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        moves = moves.filtered(lambda move: not move.picking_id.pos_order_id.shipping_date)
        if not moves:
            return self.browse()
        moves -= self.search([("move_id", "in", moves.ids)]).move_id
        vals_list = []
        for move in moves:
            of_ticket = lines if lines is not None else move.picking_id.pos_order_id.lines or move.picking_id.pos_session_id.order_ids.lines
            line = of_ticket.filtered(lambda line, move=move: line._is_moved_with(move))[:1]
            names = ", ".join(line.pack_lot_ids.mapped("lot_name"))
            vals_list.append(self._prepare_exception_vals(move, line, *self._get_refusal(move), names))
        return self._record(vals_list)

    @api.model
    def _get_refusal(self, move):
        """Return code and sentence of why a move is undone: the rule is asked again, since core swallows its answer."""
        refused, _released = move.move_line_ids._judge_shelf_life()
        for line, code in refused.items():
            return CODE_OF_RULE.get(code, code), line._get_refusal_sentence(code)
        return "other", self.env._("%s has not left the stock. Open the transfer to see what it waits for.", move.product_id.display_name)

    @api.model
    def _prepare_exception_vals(self, move, line, code, sentence, lot_name):
        """Return the values of an exception."""
        order = line.order_id or move.picking_id.pos_order_id
        session = order.session_id or move.picking_id.pos_session_id
        return {
            "order_id": order.id,
            "line_id": line.id,
            "session_id": session.id,
            "config_id": session.config_id.id,
            "company_id": move.company_id.id,
            "move_id": move.id,
            "product_id": move.product_id.id,
            "lot_name": lot_name,
            "quantity": -move.product_uom_qty if move.location_id.usage == "customer" else move.product_uom_qty,
            "code": code,
            "sentence": sentence,
        }

    @api.model
    def _record(self, vals_list):
        """Create exceptions, log them and tell the store managers; return them."""
        exceptions = self.create(vals_list)
        self.env["cosmetics.shelf.life.log"]._record([exception._prepare_log_vals() for exception in exceptions])
        for exception in exceptions:
            user = exception.store_id.manager_id or exception.session_id.user_id
            exception.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=user.id or self.env.uid,
                summary=self.env._("Till sale has not left the stock"),
                note=exception.sentence,
            )
        return exceptions

    def _prepare_log_vals(self, **vals):
        """Return the values of an entry of the shelf life log."""
        self.ensure_one()
        return {
            "kind": "till",
            "code": self.code,
            "sentence": self.sentence,
            "product_id": self.product_id.id,
            "lot_name": self.lot_name,
            "document": self.order_id.pos_reference or self.order_id.name or self.picking_id.name,
            "res_model": self._name,
            "res_id": self.id,
            "quantity": self.quantity,
            "company_id": self.company_id.id,
            **vals,
        }

    @api.model
    def _get_fault_sentences(self):
        """Return what is wrong and what to do, by code; %(batch)s, %(product)s and %(sold_at)s are filled in.

        "in_time" is no code of its own: the clock of a till can be set back, so it explains and does not decide.
        """
        return {
            "expired": self.env._("Batch %(batch)s of %(product)s had expired and was sold. Call the customer and take it back."),
            "stopped": self.env._("Batch %(batch)s of %(product)s is past its stop-sale date. Call the customer and replace it."),
            "quarantine": self.env._("Batch %(batch)s of %(product)s is in quarantine. Call the customer and take it back."),
            "rejected": self.env._("Batch %(batch)s of %(product)s was rejected. Call the customer and take it back."),
            "recalled": self.env._("Batch %(batch)s of %(product)s is recalled. Call the customer and take it back."),
            "unknown": self.env._("The shop has no batch %(batch)s of %(product)s. Look at the label and choose the batch that was sold."),
            "short": self.env._("The shop has too few pieces of %(product)s, batch %(batch)s. Count, and choose what was sold."),
            "none": self.env._("The shop has no batch of %(product)s that may be sold. Count, and choose what was sold."),
            "unsold": self.env._(
                "%(product)s came back, but its sale never left the stock. Close the sale and this return as goods that came back."
            ),
            "in_time": self.env._(
                "By the till's clock, batch %(batch)s of %(product)s was sold on %(sold_at)s, when it could still be sold; the sale "
                "arrived too late. Check the time with the clerk, close this and count the batch."
            ),
            "missing": self.env._("%(product)s came back without a batch. Look at the label and choose the batch."),
        }

    @api.model
    def _cron_record_undone(self):
        """List what tills have sold and stock has not moved, whatever the reason; run daily, lists nothing twice."""
        pickings = self.env["stock.picking"].search(
            [
                ("state", "not in", ("done", "cancel")),
                "|",
                ("pos_order_id", "!=", False),
                ("pos_session_id", "!=", False),
                ("pos_order_id.shipping_date", "=", False),
            ]
        )
        self._record_undone(pickings)

    # ------------------------------------------------------------------ what is done about it

    def action_resolve(self):
        """Ask the store manager what became of the goods."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Resolve"),
            "res_model": "cosmetics.till.exception.resolution",
            "view_mode": "form",
            "target": "new",
            "context": {"default_exception_id": self.id},
        }

    def _resolve(self, resolution, lot, note):
        """Close an exception: book the goods out of `lot`, or cancel their move.

        :param resolution: a value of the field `resolution`
        :param lot: the batch the goods are booked out of; empty for what came back or is disposed of.
        """
        self.ensure_one()
        if self.state == "resolved":
            raise UserError(self.env._("This exception is resolved already. Open the list again."))
        # sudo: the store manager may complete this one transfer; the shelf life rule is asked again below.
        move = self.sudo().move_id
        if lot:
            self._move_from(move, lot, note)
        elif move.state != "done":
            move._action_cancel()
        # sudo: nobody writes on an exception by hand; the act of the manager is what is written.
        self.sudo().write(
            {
                "state": "resolved",
                "resolution": resolution,
                "lot_id": lot.id,
                "note": note,
                "resolved_by_id": self.env.uid,
                "resolved_at": fields.Datetime.now(),
            }
        )
        self.sudo().activity_ids.action_feedback(feedback=note or "")
        label = dict(self._fields["resolution"]._description_selection(self.env))[resolution]
        self.env["cosmetics.shelf.life.log"]._record([self._prepare_log_vals(sentence=label, reason=note, lot_res_id=lot.id)])

    def _move_from(self, move, lot, note):
        """Move the goods of the exception under a batch; the rule refuses a batch that may not move."""
        pack = move.env["pos.pack.operation.lot"].new({"lot_id": lot.id, "quantity": move.product_uom_qty})
        shelves = move._get_till_shelves(lot)
        move.move_line_ids.unlink()
        vals_list = [
            move._prepare_till_move_line_vals(lot, location, quantity, note or self.sentence)
            for location, quantity in move._split_over_shelves(pack, shelves)
        ]
        move.env["stock.move.line"].create(vals_list)
        move.picked = True
        move._action_done()
        if move.state != "done":
            raise UserError(self.env._("Batch %s could not be booked out. Open the transfer and complete it there.", lot.name))
