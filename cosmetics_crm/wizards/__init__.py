from . import (
    base_partner_merge,
    base_partner_merge_member,
    cosmetics_member_close,
    cosmetics_member_join,
    cosmetics_member_tier_change,
    loyalty_card_update_balance,
)
