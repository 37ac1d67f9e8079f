"""What happens once, when the app is installed."""

# Cosmetics are bought, kept and recalled by batch and expiry date, in more than one place, and
# counted in cartons and pieces. These are the same switches as in the settings screen: whoever
# switches one off later keeps that choice, for an update does not come back here.
FEATURES = (
    "group_stock_production_lot",
    "group_lot_on_delivery_slip",
    "group_expiry_date_on_delivery_slip",
    "group_stock_multi_locations",
    "group_stock_adv_location",
    "group_uom",
    "group_product_variant",
)


def post_init_hook(env):
    """Switch on the stock features a cosmetics seller needs, and complete the batches of an Odoo in use before."""
    env["res.config.settings"].create(dict.fromkeys(FEATURES, True)).execute()
    env["stock.lot"]._complete_existing_lots()
