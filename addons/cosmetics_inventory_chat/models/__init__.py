from . import cosmetics_notify_channel, cosmetics_notify_message, cosmetics_stock_alert, purchase_order
