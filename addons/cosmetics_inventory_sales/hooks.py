"""What happens once, when the module is installed."""


def post_init_hook(env):
    """An invoice shows batches and use-by dates, as the delivery slip does; the settings screen may switch it off again."""
    env["res.config.settings"].create({"group_lot_on_invoice": True}).execute()
