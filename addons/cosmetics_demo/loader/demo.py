"""What every part of the loader uses: the plan, the day, and records found and made by external id."""

from datetime import timedelta

MODULE = "cosmetics_demo"


class Demo:
    """A company being set up.

    Records get the external id ``cosmetics_demo.<kind>_<ref>``, where `ref` is the key of the plan. Records that exist already are left
    as they are, so that a later version can load its additions into a company set up by an earlier one.
    """

    def __init__(self, env, plan, today):
        self.env = env
        self.plan = plan
        self.company = env.ref("base.main_company")
        self._today = today
        self._found = {}

    def day(self, days_ahead):
        """Return the date `days_ahead` days from the day of the set-up: the one place that knows the calendar."""
        return self._today + timedelta(days=days_ahead)

    def get(self, kind, ref):
        """Return the record of the plan's `ref`."""
        key = f"{MODULE}.{kind}_{ref}"
        if key not in self._found:
            self._found[key] = self.env.ref(key)
        return self._found[key]

    def core(self, xmlid):
        """Return a record of another module, or stop with the name of what is missing."""
        record = self.env.ref(xmlid, raise_if_not_found=False)
        if record is None or not record.exists():
            raise LookupError(f"The demo company needs {xmlid}: install or update the module {xmlid.split('.')[0]} first.")
        return record

    def is_new(self, kind, ref):
        """Tell whether the plan's `ref` has no record yet."""
        return not self.env.ref(f"{MODULE}.{kind}_{ref}", raise_if_not_found=False)

    def put(self, model, kind, vals_by_ref):
        """Create, in one batch, the records that are not there yet, and return all of them in the order given."""
        missing = {ref: vals for ref, vals in vals_by_ref.items() if self.is_new(kind, ref)}
        records = self.env[model].create(list(missing.values()))
        self.name(kind, dict(zip(missing, records, strict=True)))
        return self.env[model].browse(self.get(kind, ref).id for ref in vals_by_ref)

    def name(self, kind, record_by_ref):
        """Give records their external ids."""
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{MODULE}.{kind}_{ref}", "record": record, "noupdate": True} for ref, record in record_by_ref.items()]
        )
        self._found.update({f"{MODULE}.{kind}_{ref}": record for ref, record in record_by_ref.items()})
