"""Core's records that keep one name for all languages, in the language of the shop.

Core writes these names once, in English, when its modules are installed; they are no terms that could be translated.
"""

from odoo import SUPERUSER_ID
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# Where the names stand, and the names core gives.
FIELDS = (
    ("res.company", "name"),
    ("stock.warehouse", "name"),
    ("stock.location", "name"),
    ("account.payment.method.line", "name"),
    ("product.category", "name"),
    ("discuss.channel", "name"),
    ("discuss.channel", "description"),
)
NAMES = (
    _lt("My Company"),
    _lt("Vendors"),
    _lt("Customers"),
    _lt("Inter-company transit"),
    _lt("Inter-warehouse transit"),
    _lt("Inventory adjustment"),
    _lt("Production"),
    _lt("Scrap"),
    _lt("Stock"),
    _lt("Input"),
    _lt("Quality Control"),
    _lt("Output"),
    _lt("Packing Zone"),
    _lt("Manual Payment"),
    _lt("Goods"),
    _lt("Expenses"),
    _lt("Services"),
    _lt("Food"),
    _lt("general"),
    _lt("Administrators"),
    _lt("General announcements for all employees."),
    _lt("General channel for administrators."),
)


def name_records(env, lang):
    """Write the names in `lang`, where records of the installation still carry core's; a name that somebody typed stays."""
    names = {name._translate("en_US"): name._translate(lang) for name in NAMES}
    for model, field in FIELDS:
        # What users create carries their own name as author, so the same word typed by a user is left alone.
        installed = [(field, "in", list(names)), ("create_uid", "in", (False, SUPERUSER_ID))]
        for name, records in env[model].with_context(active_test=False).search(installed).grouped(field).items():
            # Two companies cannot share a name.
            if model != "res.company" or not env[model].search_count([(field, "=", names[name])]):
                records.write({field: names[name]})
