from . import (
    cosmetics_allocation_line,
    cosmetics_channel,
    cosmetics_channel_fee,
    cosmetics_store,
    crm_team,
    sale_order,
    sale_order_allocation,
    sale_order_line,
)
