from . import (
    cosmetics_channel,
    cosmetics_channel_fee,
    cosmetics_store,
    crm_team,
    sale_order,
    sale_order_line,
)
