"""What holds for the records of every model: companies checked at once; what the system counts nobody outside can choose."""

from odoo import api, models, tools
from odoo.exceptions import UserError


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def default_get(self, fields):
        """Begin fields that only the system writes where their definition says.

        Core takes the default of a context or of a user before it: whoever calls over RPC writes those, and would approve an order by them.
        """
        own = [name for name in self._get_machine_fields() if name in fields]
        if not own:
            return super().default_get(fields)
        values = super().default_get([name for name in fields if name not in own])
        for field in map(self._fields.get, own):
            if field.default:
                start = field.convert_to_cache(field.default(self), self, validate=False)
                values[field.name] = field.convert_to_write(start, self)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """Count what is counted, whatever an import or RPC brings along; core would take that for the figure."""
        counted = self._get_counted_fields()
        if not counted or self.env.su:
            return super().create(vals_list)
        return super().create([{name: value for name, value in vals.items() if name not in counted} for vals in vals_list])

    def write(self, vals):
        """Refuse what is counted; core would keep it until something the figure follows from changes."""
        counted = self._get_counted_fields()
        if counted and not self.env.su and (kept := vals.keys() & counted):
            self._refuse_fields(kept)
        return super().write(vals)

    @api.model
    def _refuse_fields(self, names):
        """Raise the sentence that only the system writes these fields."""
        labels = ", ".join(field["string"] for field in self.fields_get(sorted(names), ["string"]).values())
        raise UserError(self.env._("%s cannot be entered: the system writes it.", labels))

    @api.model
    @tools.ormcache()
    def _get_counted_fields(self):
        """Return the names of the stored fields of our modules that follow from others and that nobody types (frozenset).

        Core protects them in views alone. What other modules count is theirs.
        """
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.compute and field.store and field.readonly and field._modules and all(map(_is_ours, field._modules))
        )

    @api.model
    def _get_machine_fields(self):
        """Return the names of fields that only the system writes (frozenset); an override adds its own.

        Of our documents the state is one when its definition says that it is read-only.
        """
        field = self._fields.get("state") if self._name.startswith("cosmetics.") else None
        return frozenset({"state"} if field is not None and field.readonly and field.store and not field.compute else ())

    def _check_company(self, fnames=None):
        """Check records of one company together; core does it record by record, field by field.

        Where anything looks wrong core looks again, and says what.
        """
        if len(self) > 1 and self._is_within_one_company(fnames):
            return None
        return super()._check_company(fnames)

    def _is_within_one_company(self, fnames):
        """Tell if all these records have the same company, and all they are linked with may be used by it."""
        names = self._fields if fnames is None or {"company_id", "company_ids"} & set(fnames) else fnames
        checked = [field for field in map(self._fields.get, names) if field.relational and field.check_company]
        if not checked:
            return True
        if self._name == "res.company" or "company_id" not in self._fields:
            return False
        company = self[:1].company_id
        if any(record.company_id != company for record in self):
            return False
        for field in checked:
            # sudo: as core, the check sees what the user may not
            linked = self.sudo().mapped(field.name)
            domain = linked and linked._check_company_domain(self.env.company if field.company_dependent else company)
            if domain and linked != linked.with_context(active_test=False).filtered_domain(domain):
                return False
        return True


def _is_ours(module):
    return module.startswith("cosmetics_") or module == "l10n_cn_xian"
