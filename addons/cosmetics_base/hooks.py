"""Names of data records in the language of the shop, where core keeps one name and not one for each language."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# These records are named once, when the module is installed.
NAMED_FIELDS = {"product.category": ("name",), "res.groups.privilege": ("description", "placeholder"), "ir.rule": ("name",)}
NAMES = (
    _lt("Skin Care"),
    _lt("Cleanser"),
    _lt("Toner"),
    _lt("Essence"),
    _lt("Serum"),
    _lt("Lotion"),
    _lt("Cream"),
    _lt("Eye Care"),
    _lt("Mask"),
    _lt("Sunscreen"),
    _lt("Make-up"),
    _lt("Base Make-up"),
    _lt("Foundation"),
    _lt("Powder"),
    _lt("Eye Make-up"),
    _lt("Brow Make-up"),
    _lt("Blush and Contour"),
    _lt("Lip Make-up"),
    _lt("Nail Care"),
    _lt("Make-up Remover"),
    _lt("Perfume"),
    _lt("Women's Perfume"),
    _lt("Men's Perfume"),
    _lt("Unisex Perfume"),
    _lt("Home Fragrance"),
    _lt("Hair and Body"),
    _lt("Shampoo"),
    _lt("Conditioner"),
    _lt("Hair Treatment"),
    _lt("Hair Dye and Perm"),
    _lt("Styling"),
    _lt("Body Wash"),
    _lt("Body Lotion"),
    _lt("Hand Care"),
    _lt("Men"),
    _lt("Men's Cleanser"),
    _lt("Men's Skin Care"),
    _lt("Shaving"),
    _lt("Baby and Children"),
    _lt("Baby Skin Care"),
    _lt("Baby Wash"),
    _lt("Children's Sunscreen"),
    _lt("Tools"),
    _lt("Brushes"),
    _lt("Puffs and Sponges"),
    _lt("Cotton Pads"),
    _lt("Beauty Devices"),
    _lt("Accessories"),
    _lt("Oral Care"),
    _lt("Toothpaste"),
    _lt("Toothbrush"),
    _lt("Mouthwash"),
    _lt("Keeps brands, product data and the life cycle of products."),
    _lt("View"),
    _lt("Which stores and store records a user sees."),
    _lt("Own stores"),
    _lt("Stores: companies of the user"),
    _lt("Stores: where the user works"),
    _lt("Stores: all of the company"),
    _lt("Life cycle log: companies of the user"),
)


def post_init_hook(env):
    """Give the records of the data files their Chinese names where Chinese is installed."""
    if env["res.lang"]._lang_get("zh_CN"):
        _name_records(env, "zh_CN")


def _name_records(env, lang):
    """Write the names of our records in `lang`; names that somebody changed stay."""
    translated = {name._translate("en_US"): name._translate(lang) for name in NAMES}
    for model, names in NAMED_FIELDS.items():
        data = env["ir.model.data"].search([("module", "=", "cosmetics_base"), ("model", "=", model)])
        for record in env[model].browse(data.mapped("res_id")).exists():
            record.write({name: translated[record[name]] for name in names if record[name] in translated})
