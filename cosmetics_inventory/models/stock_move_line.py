"""The block: no unit that may not be sold reaches a customer, by whatever way a line gets done."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools.fefo import PROPOSED, FefoShelf, HeldRows, WaitingLines
from ..tools.shelf_life import china_day
from ..tools.shelf_life_rule import PROMISE, SALE, Facts, goes_to_customer, kind_of, refusal_of

# Writing one of these on a done line moves goods another way, so the rule is asked again.
WAY_FIELDS = {"lot_id", "lot_name", "quant_id", "location_id", "location_dest_id", "quantity", "product_uom_id", "move_id"}


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    fefo_reason = fields.Char(
        string="Reason for Other Batch",
        copy=False,
        help="Needed when another batch is taken although one that expires earlier lies there and is free.",
    )
    is_batch_proposed = fields.Boolean(
        string="Proposed Batch", copy=False, readonly=True, help="The batch was reserved first expired first, nobody chose it."
    )

    _lot_idx = models.Index("(lot_id) WHERE lot_id IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        self._create_waiting()
        lines = super().create([self._keep_own_marks(vals) for vals in vals_list])
        if done := lines.filtered(lambda line: line.state == "done"):
            done._lock_shelf_life()
            done._enforce_shelf_life()
            done._check_not_negative()
        return lines

    def write(self, vals):
        vals = {name: value for name, value in vals.items() if name not in ("state", "is_batch_proposed")}
        if not WAY_FIELDS & vals.keys():
            return super().write(vals)
        if {"lot_id", "lot_name", "quant_id"} & vals.keys():
            vals["is_batch_proposed"] = False
        done = self.filtered(lambda line: line.state == "done")
        done._lock_shelf_life()
        before = {line: line._get_way() for line in done}
        res = super().write(vals)
        changed = done.filtered(lambda line: line._is_way_longer(before[line]))
        changed._lock_shelf_life()
        changed._enforce_shelf_life()
        done._check_not_negative()
        return res

    def _action_done(self):
        """Judge what is known before core moves it, and new batches once core has created them; lock before judging."""
        held = HeldRows(self._lock_shelf_life())
        if isinstance(before := self.env.context.get("held_quants"), HeldRows):
            held.update(before)  # what whoever calls has locked already
        unnamed = self.filtered(lambda line: line.lot_name and not line.lot_id)
        (self - unnamed)._enforce_shelf_life()
        res = super(StockMoveLine, self.with_context(held_quants=held))._action_done()
        if unnamed := unnamed.exists():
            unnamed._enforce_shelf_life()
        self.exists()._check_not_negative()
        return res

    @api.model
    def _keep_own_marks(self, vals):
        """Return the values of a new line without what only the system knows: its state, and whether it was proposed.

        The state follows the move, and only a reservation proposes (`fefo.PROPOSED`), not a client, import or default.
        """
        kept = {name: value for name, value in vals.items() if name != "state"}
        return {**kept, "is_batch_proposed": vals.get("is_batch_proposed") is PROPOSED}

    @api.model
    def _create_waiting(self):
        """Create the lines of a reservation that wait for the others, see `stock.move._update_reserved_quantity`.

        Core looks each stock entry up twice; here one query finds all of them.
        """
        shelf = self.env.context.get("fefo_shelf")
        if isinstance(shelf, FefoShelf):
            shelf.clear()
        waiting = self.env.context.get("waiting_line_vals")
        if not waiting or not isinstance(waiting, WaitingLines):
            return
        vals_list = [*waiting]
        waiting.clear()
        quants_cache = self.env["stock.quant"]._get_quants_by_products_locations(
            self.env["product.product"].browse({vals["product_id"] for vals in vals_list}),
            self.env["stock.location"].browse({vals["location_id"] for vals in vals_list}),
            extra_domain=[("lot_id", "in", [*{vals["lot_id"] for vals in vals_list}])],
        )
        self.with_context(waiting_line_vals=None, quants_cache=quants_cache).create(vals_list)

    # ------------------------------------------------------------------ the block
    def _check_shelf_life(self):
        """Raise for every line that may not go its way; overrides are looked at, not used up."""
        refused, _overridden = self._judge_shelf_life()
        self._refuse_shelf_life(refused)

    def _enforce_shelf_life(self):
        """Raise for every line that may not go its way; log and use up the overrides of the others."""
        refused, overridden = self._judge_shelf_life()
        self._refuse_shelf_life(refused)
        for line, (override, code) in overridden.items():
            override._use(line, code)
        self._check_fefo()

    def _judge_shelf_life(self):
        """Return ({line: code} of refused lines, {line: (override, code)} of lines that two persons let through)."""
        lines = self.filtered(lambda line: line.quantity > 0 and (line.lot_id or line.product_id.is_shelf_life_managed))
        lines = lines.filtered(lambda line: not (line.lot_name and not line.lot_id) and line._get_shelf_life_kind() == SALE)
        if not lines:
            return {}, {}
        # sudo: the state of the batch decides, whether or not the user may read it
        obstacles = lines.lot_id.sudo()._get_sale_obstacle()
        facts_of = {line: line._get_shelf_life_facts(obstacles.get(line.lot_id.sudo(), "")) for line in lines}
        refused = {line: code for line, facts in facts_of.items() if (code := refusal_of(facts))}
        if not refused:
            return {}, {}
        overridden = self.env["cosmetics.shelf.life.override"]._find_for_lines(refused)
        return {line: code for line, code in refused.items() if line not in overridden}, overridden

    def _get_shelf_life_kind(self):
        self.ensure_one()
        return kind_of(*self._get_shelf_life_places())

    def _get_shelf_life_places(self):
        """Return the `Place` of source, destination and end of the chain of this line."""
        # sudo: the end of a chain may lie in a warehouse or company that the user does not see
        final = self.sudo().move_id.location_final_id
        return (
            self.location_id._get_shelf_life_place(),
            self.location_dest_id._get_shelf_life_place(),
            final._get_shelf_life_place(),
        )

    def _get_shelf_life_facts(self, obstacle):
        """Return the `Facts` of this line for the rule."""
        source, destination, final = self._get_shelf_life_places()
        is_managed = self.product_id.is_shelf_life_managed
        breaks_promise = False
        if is_managed and not obstacle and self.lot_id and self.move_id and goes_to_customer(destination, final):
            floor = self.move_id._get_promise_floor(china_day(fields.Datetime.now()))
            breaks_promise = bool(floor and self.lot_id.expiration_on and self.lot_id.expiration_on < floor)
        return Facts(
            source=source,
            destination=destination,
            final=final,
            is_managed=is_managed,
            has_lot=bool(self.lot_id),
            obstacle=obstacle,
            breaks_promise=breaks_promise,
            is_receivers_own=self._is_receivers_own(),
        )

    def _is_receivers_own(self):
        """Tell if the goods belong to the customer they go to, so that nothing is sold; an override knows the narrow cases."""
        return False

    def _refuse_shelf_life(self, refused):
        """Log every refused line in a transaction of its own, then raise one error that names them all."""
        if not refused:
            return
        sentences = {line: line._get_refusal_sentence(code) for line, code in refused.items()}
        self.env["cosmetics.shelf.life.log"]._record_apart(
            [line._prepare_shelf_life_log_vals("refusal", refused[line], sentence) for line, sentence in sentences.items()]
        )
        raise ValidationError("\n".join(dict.fromkeys(sentences.values())))

    def _get_refusal_sentence(self, code):
        """Return why this line is refused and what to do, in one sentence for a clerk."""
        names = {"product": self.product_id.display_name, "lot": self.lot_id.name or "-", "day": self.lot_id.expiration_on}
        if code == "expired":
            return self.env._("%(product)s, batch %(lot)s, expired after %(day)s: scrap it or send it back to the supplier.", **names)
        if code == "stopped":
            return self.env._(
                "%(product)s, batch %(lot)s, is no longer sold, it expires after %(day)s: take another batch, "
                "or ask for a release by two persons (Batch Quality > Releases).",
                **names,
            )
        if code == "quarantine":
            return self.env._("%(product)s, batch %(lot)s, is in quarantine: take another batch until quality has released it.", **names)
        if code == "rejected":
            return self.env._("%(product)s, batch %(lot)s, was rejected: send it back to the supplier or scrap it.", **names)
        if code == "recalled":
            return self.env._("%(product)s, batch %(lot)s, is recalled: keep it apart and follow the recall.", **names)
        if code == PROMISE:
            return self.env._(
                "%(product)s, batch %(lot)s, expires after %(day)s, earlier than promised to the customer: take a fresher batch.", **names
            )
        return self.env._("%(product)s goes out without a batch: enter the batch printed on the pack.", **names)

    def _prepare_shelf_life_log_vals(self, kind, code, sentence, reason=False):
        """Return the values of a log entry about this line."""
        document = self.picking_id or self.move_id
        return {
            "kind": kind,
            "code": code,
            "sentence": sentence,
            "reason": reason,
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "lot_name": self.lot_id.name,
            "lot_res_id": self.lot_id.id,
            "document": self.picking_id.name or self.move_id.reference,
            "res_model": document._name,
            "res_id": document.id,
            "quantity": self.quantity_product_uom,
        }

    # ------------------------------------------------------------------ first expired, first out
    def _check_fefo(self):
        """Ask for a reason where another batch was chosen by hand, and log it."""
        chosen = self.filtered(
            lambda line: (
                line.lot_id
                and not line.is_batch_proposed
                and line.quantity > 0
                and line.product_id.is_shelf_life_managed
                and line.location_id.usage == "internal"
                and line._get_shelf_life_kind() == SALE
            )
        )
        if not chosen:
            return
        passed_over = chosen._get_passed_over()
        missing = chosen.filtered(lambda line: line in passed_over and not (line.fefo_reason or "").strip())
        if missing:
            raise ValidationError("\n".join(line._get_fefo_sentence(passed_over[line]) for line in missing))
        self.env["cosmetics.shelf.life.log"]._record(
            [
                line._prepare_shelf_life_log_vals(
                    "fefo",
                    "other_batch",
                    self.env._(
                        "%(product)s: batch %(lot)s taken, %(earlier)s expires earlier.",
                        product=line.product_id.display_name,
                        lot=line.lot_id.name,
                        earlier=earlier.name,
                    ),
                    line.fefo_reason,
                )
                for line, earlier in passed_over.items()
            ]
        )

    def _get_fefo_sentence(self, earlier):
        return self.env._(
            "%(product)s: batch %(earlier)s expires earlier (%(day)s) and is free. Take it, or say why batch %(lot)s has to go "
            "in “Reason for Other Batch”.",
            product=self.product_id.display_name,
            earlier=earlier.name,
            day=earlier.expiration_on,
            lot=self.lot_id.name,
        )

    def _get_passed_over(self):
        """Return {line: first batch that expires earlier, may be sold, keeps the promise and is free at the source}.

        One query for all lines. What is reserved for somebody else is not free; goods that left by these lines are gone.
        """
        now = fields.Datetime.now()
        day = china_day(now)
        self.env["stock.quant"].flush_model(["quantity", "reserved_quantity", "removal_date", "is_held"])
        self.env["stock.lot"].flush_model(["expiration_on"])
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT ON (line.id) line.id, quant.lot_id
                  FROM (VALUES %(wanted)s) AS line(id, product_id, path, removal_date, floor)
                  JOIN stock_quant quant ON quant.product_id = line.product_id
                  JOIN stock_location place ON place.id = quant.location_id AND place.parent_path LIKE line.path
                  JOIN stock_lot lot ON lot.id = quant.lot_id
                 WHERE quant.quantity > quant.reserved_quantity
                   AND quant.is_held IS NOT TRUE
                   AND quant.removal_date >= %(now)s
                   AND (line.removal_date IS NULL OR quant.removal_date < line.removal_date)
                   AND (line.floor IS NULL OR lot.expiration_on >= line.floor)
                 ORDER BY line.id, quant.removal_date, quant.in_date, quant.id
                """,
                wanted=SQL(", ").join(line._get_wanted_row(day) for line in self),
                now=now,
            )
        )
        return {self.browse(line_id): self.env["stock.lot"].browse(lot_id) for line_id, lot_id in self.env.cr.fetchall()}

    def _get_wanted_row(self, day):
        """Return the line as `_get_passed_over` compares it: product, place it is taken from, removal date, promised date."""
        source = self.move_id.location_id or self.location_id
        return SQL(
            "(%s, %s, %s, %s::timestamp, %s::date)",
            self.id,
            self.product_id.id,
            source.parent_path + "%",
            self.lot_id.removal_date or None,
            self.move_id._get_promise_floor(day) if self.move_id else None,
        )

    # ------------------------------------------------------------------ locks and quantities
    def _lock_shelf_life(self):
        """Lock the stock entries and batches of these lines, in the order of their ids.

        Whoever holds or recalls a batch at the same moment, or ships the same units, goes first or waits: PostgreSQL
        refuses the view of the stock that became outdated meanwhile, and Odoo starts over with the new one. Exclusive,
        not shared: core writes the batch when its stock moves, and two shared locks would wait for each other.
        Return the ids of the stock entries.
        """
        lines = self.filtered("lot_id")
        if not lines:
            return set()
        cr = self.env.cr
        cr.execute(SQL("SELECT id FROM stock_lot WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", tuple(sorted(lines.lot_id.ids))))
        managed = lines.filtered(lambda line: line.product_id.is_shelf_life_managed)
        if not managed:
            return set()
        cr.execute(
            SQL(
                "SELECT id FROM stock_quant WHERE lot_id IN %s AND location_id IN %s ORDER BY id FOR NO KEY UPDATE",
                tuple(managed.lot_id.ids),
                tuple(managed.location_id.ids),
            )
        )
        return {quant_id for (quant_id,) in cr.fetchall()}

    def _check_not_negative(self):
        """Refuse to take more of a batch than is there: core would write a negative stock, and nothing could be proved."""
        lines = self.filtered(
            lambda line: (
                line.state != "cancel"
                and line.lot_id
                and line.quantity > 0
                and line.location_id.usage in ("internal", "transit")
                and line.product_id.is_shelf_life_managed
                and not (line.is_inventory and line.location_dest_id.usage == "inventory")
            )
        )
        if not lines:
            return
        groups = (
            self.env["stock.quant"]
            .sudo()
            ._read_group(  # sudo: the stock is a fact, whoever may see it
                [("lot_id", "in", lines.lot_id.ids), ("location_id", "in", lines.location_id.ids)],
                ["lot_id", "location_id", "package_id", "owner_id"],
                ["quantity:sum"],
                having=[("quantity:sum", "<", 0)],
            )
        )
        short = {(lot.id, place.id) for lot, place, _package, _owner, quantity in groups if lot.product_id.uom_id.compare(quantity, 0) < 0}
        if refused := lines.filtered(lambda line: (line.lot_id.id, line.location_id.id) in short):
            raise ValidationError(
                "\n".join(
                    dict.fromkeys(
                        self.env._(
                            "%(product)s, batch %(lot)s: there is less in %(place)s than you want to take. "
                            "Enter the batch you hold in your hand, or count the shelf first.",
                            product=line.product_id.display_name,
                            lot=line.lot_id.name,
                            place=line.location_id.display_name,
                        )
                        for line in refused
                    )
                )
            )

    def _get_way(self):
        """Return what decides about a done line: batch, source, destination and how much."""
        self.ensure_one()
        return self.lot_id, self.location_id, self.location_dest_id, self.move_id, self.quantity_product_uom

    def _is_way_longer(self, before):
        """Return whether a done line goes another way now, or takes more; taking less needs no permission."""
        *way, quantity = self._get_way()
        *old_way, old_quantity = before
        return way != old_way or self.product_id.uom_id.compare(quantity, old_quantity) > 0
