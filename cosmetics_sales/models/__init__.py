from . import cosmetics_channel, cosmetics_store, crm_team, sale_order, sale_order_line
