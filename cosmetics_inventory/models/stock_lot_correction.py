"""Who may change the dates or the quality of a batch, and what is written down about it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .stock_lot import CORRECTABLE

QUALITY_GROUP = "cosmetics_inventory.group_quality_manager"


class StockLot(models.Model):
    _inherit = "stock.lot"

    shelf_life_note = fields.Char(
        string="Shelf Life in Words", compute="_compute_shelf_life_note", help="What the dates of the batch mean today, in one sentence."
    )
    has_moved = fields.Boolean(compute="_compute_has_moved", help="Received already: dates are changed with a reason only.")
    band_code = fields.Selection(related="band_id.code", string="Kind of Band")
    band_color = fields.Integer(related="band_id.color", string="Colour of the Band")

    @api.depends("expiration_on", "sale_stop_on", "band_id", "use_date", "quality_state", "remaining_days")
    @api.depends_context("lang")
    def _compute_shelf_life_note(self):
        for lot in self:
            lot.shelf_life_note = " · ".join(lot._get_shelf_life_phrases()) if lot.is_shelf_life_managed and lot.sale_stop_on else False

    def _compute_has_moved(self):
        # sudo: moves of other companies and shops count as well
        moved = self.env["stock.move.line"].sudo()._read_group([("lot_id", "in", self.ids), ("state", "=", "done")], ["lot_id"])
        moved_ids = {lot.id for (lot,) in moved}
        for lot in self:
            lot.has_moved = lot.id in moved_ids

    def write(self, vals):
        """The quality of a batch changes through `_set_quality_state` only, so that every change has a reason and a trace."""
        if "quality_state" in vals and not self.env.su and any(lot.quality_state != vals["quality_state"] for lot in self):
            raise UserError(self.env._("The quality of a batch is changed with the buttons Quarantine, Release and Reject, which ask why."))
        return super().write(vals)

    def action_correct_dates(self):
        """Open the wizard that corrects dates; its own rights say who may use it."""
        self.ensure_one()
        return {
            "name": self.env._("Correct Dates"),
            "type": "ir.actions.act_window",
            "res_model": "cosmetics.lot.correction",
            "view_mode": "form",
            "target": "new",
            "context": {"default_lot_id": self.id},
        }

    def action_change_quality(self):
        """Open the wizard that asks why the quality changes; `default_state` comes from the button."""
        return {
            "name": self.env._("Change Quality"),
            "type": "ir.actions.act_window",
            "res_model": "cosmetics.lot.quality",
            "view_mode": "form",
            "target": "new",
            "context": {"default_lot_ids": self.ids, "default_state": self.env.context.get("default_state", "quarantine")},
        }

    def _set_quality_state(self, state, reason):
        """Change the quality of batches; the one way to do it.

        Whoever may change batches may put them into quarantine: stopping is always safe. Everything else is up to the
        quality manager (or to the system, which acts for someone whose right was checked before).

        :param str state: "released", "quarantine", "rejected" or "recalled"
        :param str reason: why; goes to the log and to the messages of the batch
        """
        self.check_access("write")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the quality of the batch changes, e.g. “Carton was wet”."))
        changed = self.filtered(lambda lot: lot.quality_state != state)
        changed._check_quality_change(state)
        if not changed:
            return
        labels = dict(self._fields["quality_state"]._description_selection(self.env))
        self.env["cosmetics.shelf.life.log"]._record(
            [
                {
                    "kind": "quality",
                    "code": state,
                    "sentence": self.env._(
                        "Batch %(lot)s: %(before)s → %(after)s", lot=lot.name, before=labels[lot.quality_state], after=labels[state]
                    ),
                    "reason": reason,
                    "lot_res_id": lot.id,
                    "res_model": "stock.lot",
                    "res_id": lot.id,
                    "document": lot.name,
                }
                for lot in changed
            ]
        )
        changed._track_set_log_message(reason)
        # sudo: the right was checked above; a direct write is refused to everybody else
        changed.sudo().write({"quality_state": state})

    def _check_quality_change(self, state):
        """Refuse a change these batches do not allow, or that is not up to the user; even when nothing would change."""
        decides = self.env.su or self.env.user.has_group(QUALITY_GROUP)
        if not decides and state != "quarantine":
            raise AccessError(
                self.env._("Only the quality manager releases, rejects or recalls batches. You can put them into quarantine.")
            )
        if not decides and self.filtered("is_held"):
            raise AccessError(self.env._("These batches are held already: only the quality manager decides what becomes of them."))
        if state == "released" and (undated := self.filtered(lambda lot: lot.is_shelf_life_managed and not lot.expiration_on)):
            raise UserError(self.env._("Batch %s has no use-by date: enter it before you release the batch.", undated[0].name))

    def _correct_dates(self, vals, reason):
        """Correct the dates of one batch and write down what they were.

        :param dict vals: any of `CORRECTABLE`; what is not given stays, or follows from the others
        :param str reason: why; goes to the log and to the messages of the batch
        """
        self.ensure_one()
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group(QUALITY_GROUP)):
            raise AccessError(
                self.env._("Only the quality manager corrects the dates of a batch. Tell the quality manager what is on the pack.")
            )
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the dates are corrected, e.g. “Read the wrong line of the label”."))
        before = self._get_correctable_texts()
        self._track_set_log_message(reason)
        # sudo: the right was checked above; a direct write on a batch that has moved is refused to everybody else
        self.sudo().write({name: value for name, value in vals.items() if name in CORRECTABLE})
        after = self._get_correctable_texts()
        changes = [f"{label}: {text or '–'} → {after[label] or '–'}" for label, text in before.items() if text != after[label]]
        if not changes:
            raise UserError(self.env._("Nothing has changed: the batch has these dates already."))
        self.env["cosmetics.shelf.life.log"]._record(
            [
                {
                    "kind": "correction",
                    "code": "dates",
                    "sentence": self.env._("Batch %(lot)s: %(changes)s", lot=self.name, changes="; ".join(changes)),
                    "reason": reason,
                    "lot_res_id": self.id,
                    "res_model": "stock.lot",
                    "res_id": self.id,
                    "document": self.name,
                }
            ]
        )

    def _get_correctable_texts(self):
        """Return {label: value as a user reads it} of what a correction may touch."""
        self.ensure_one()
        texts = {}
        for name in CORRECTABLE:
            field = self._fields[name]
            value = self[name]
            if field.type == "selection":
                value = dict(field._description_selection(self.env)).get(value)
            texts[field._description_string(self.env)] = str(value) if value else ""
        return texts

    def _get_shelf_life_phrases(self):
        """Return the phrases of the sentence that explains a dated batch, e.g. "97 days left"."""
        self.ensure_one()
        days = self.remaining_days
        phrases = [self.env._("Last usable day %s", self.expiration_on)]
        if days < 0:
            phrases.append(self.env._("expired %s days ago", -days))
        else:
            phrases.append(self.env._("%s days left", days) if days else self.env._("today is the last day"))
            if self.band_id and self.band_code != "normal":
                phrases.append(self.env._("now in band “%s”", self.band_id.name))
            today = self._get_china_today()
            stops = (
                self.env._("sale stopped since %s", self.sale_stop_on)
                if self.sale_stop_on <= today
                else self.env._("sale stops on %s", self.sale_stop_on)
            )
            phrases.append(stops)
        if self.is_held:
            phrases.append(self.env._("held: %s", dict(self._fields["quality_state"]._description_selection(self.env))[self.quality_state]))
        return phrases
