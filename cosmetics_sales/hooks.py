"""What happens once, when the app is installed."""

# Wholesale lives on price lists and a discount per line; a lipstick has shades; a carton is a unit.
# These are the same switches as in the settings screen: whoever switches one off later keeps that
# choice, for an update does not come back here.
FEATURES = (
    "group_product_pricelist",
    "group_discount_per_so_line",
    "group_product_variant",
    "group_uom",
)


def post_init_hook(env):
    """Switch on the sales features a cosmetics seller needs."""
    env["res.config.settings"].create(dict.fromkeys(FEATURES, True)).execute()
