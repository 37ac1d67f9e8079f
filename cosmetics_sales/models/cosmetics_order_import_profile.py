"""Layouts of order files, as records that a shop can adapt when a platform renames a column."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools.platform_profiles import PROFILE_DATA, profile_from_dict

# What may be said of a layout that is delivered with the system: whether and when it is tried.
SHIPPED_FIELDS = frozenset({"active", "sequence"})


class CosmeticsOrderImportProfile(models.Model):
    """One layout of one platform: by which headers it is known, what its columns and its states mean."""

    _name = "cosmetics.order.import.profile"
    _description = "Order File Layout"
    _order = "sequence, id"

    name = fields.Char(required=True)
    key = fields.Char(string="Technical Name", required=True, copy=False, readonly=True, default=lambda self: self._default_key())
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_shipped = fields.Boolean(
        string="Delivered with the System", readonly=True, copy=False, help="Follows the updates of the system. Copy it to adapt it."
    )
    platform = fields.Selection(selection="_selection_platform", required=True, default="other")
    kind = fields.Selection(
        [("both", "Orders with Products"), ("orders", "Orders without Products"), ("lines", "Products of Orders")],
        required=True,
        default="both",
    )
    partner_key = fields.Char(string="Other Half", help="Technical name of the layout that holds the other half: orders or products.")
    signature = fields.Text(
        string="Known By",
        required=True,
        help="Headers by which a file is recognised, one a line; a file needs one of each line. "
        "Put alternatives of a line apart with a bar |.",
    )
    column_ids = fields.One2many("cosmetics.order.import.profile.column", "profile_id", string="Columns", copy=True)
    status_ids = fields.One2many("cosmetics.order.import.profile.status", "profile_id", string="States", copy=True)
    details = fields.Json(
        string="Further Settings", readonly=True, help="What a row repeats, the form of the order number, ends of the sheet."
    )
    notes = fields.Text()

    _key_uniq = models.UniqueIndex("(key)", "There is a layout with this technical name already.")

    @api.model
    def _default_key(self):
        return self.env["ir.sequence"].sudo().next_by_code("cosmetics.order.import.profile") or "own"

    @api.model
    def _selection_platform(self):
        return self.env["cosmetics.channel"]._fields["platform"]._description_selection(self.env)

    @api.constrains("signature", "column_ids", "status_ids", "kind", "details")
    def _check_usable(self):
        """A layout that cannot be used is refused here, not while a clerk imports."""
        for record in self:
            try:
                record._get_profile()
            except FileProblem as problem:
                raise ValidationError(
                    self.env._(
                        "The layout “%(name)s” cannot be used: %(reason)s %(value)s. An order number, and a quantity where there are "
                        "products, need a column.",
                        name=record.name,
                        reason=problem.facts.get("reason", problem.code),
                        value=problem.facts.get("value", ""),
                    )
                ) from None

    def copy_data(self, default=None):
        """A copy goes before the original, else the file would still be read by that one."""
        copies = super().copy_data(default)
        return [
            {**vals, "name": self.env._("%s (own)", record.name), "sequence": record.sequence - 1, "active": True}
            for record, vals in zip(self, copies, strict=True)
        ]

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("is_shipped") for vals in vals_list):
            raise AccessError(self.env._("Only the system delivers layouts. Leave “Delivered with the System” off."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and {"is_shipped", "key"} & vals.keys():
            raise AccessError(self.env._("The technical name of a layout is not changed. Copy the layout instead."))
        if vals.keys() - SHIPPED_FIELDS:
            self._check_own()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        if self.filtered("is_shipped"):
            raise ValidationError(self.env._("This layout is delivered with the system: archive it instead."))

    # ------------------------------------------------------------------ helpers
    def _check_own(self):
        """A layout of the system would lose the change at the next update, and the clerk the files of the platform until then."""
        if not self.env.su and (shipped := self.filtered("is_shipped")):
            raise UserError(self.env._("Layout “%s” is delivered with the system. Copy it: your copy is tried first.", shipped[0].name))

    def _get_profile(self):
        """Return the layout as the reader of the files wants it (``tools.platform_profiles.Profile``)."""
        self.ensure_one()
        return profile_from_dict(
            {
                **(self.details or {}),
                "key": self.key or "own",
                "platform": self.platform,
                "name": self.name,
                "kind": self.kind,
                "partner": self.partner_key or "",
                "signature": [line.split("|") for line in (self.signature or "").splitlines() if line.strip()],
                "columns": {column.field: column.headers.splitlines() for column in self.column_ids},
                "statuses": {status.name: status.state for status in self.status_ids},
            }
        )

    @api.model
    def _get_profiles(self):
        """Return the layouts in force, own ones first."""
        return tuple(record._get_profile() for record in self.search([]))

    @api.model
    def _load_shipped(self):
        """Make or renew the records of the shipped layouts; called at each update. Archived ones stay archived."""
        known = {record.key: record for record in self.with_context(active_test=False).search([("is_shipped", "=", True)])}
        for values in PROFILE_DATA:
            vals = self._prepare_shipped_vals(values)
            if record := known.get(values["key"]):
                record.column_ids.unlink()
                record.status_ids.unlink()
                record.write(vals)
            else:
                self.create(vals)

    @api.model
    def _prepare_shipped_vals(self, values):
        named = ("key", "name", "platform", "kind", "partner", "signature", "columns", "statuses", "notes")
        groups = [group if isinstance(group, list) else [group] for group in values["signature"]]
        return {
            "key": values["key"],
            "name": values["name"],
            "platform": values["platform"],
            "kind": values["kind"],
            "is_shipped": True,
            "sequence": 90 if values.get("is_generic") else 50,
            "partner_key": values.get("partner") or False,
            "notes": values.get("notes") or False,
            "signature": "\n".join("|".join(group) for group in groups),
            "details": {name: value for name, value in values.items() if name not in named},
            "column_ids": [(0, 0, {"field": field, "headers": "\n".join(names)}) for field, names in values["columns"].items()],
            "status_ids": [(0, 0, {"name": text, "state": state}) for text, state in (values.get("statuses") or {}).items()],
        }
