from . import (
    cosmetics_consent,
    cosmetics_consent_purpose,
    cosmetics_consent_text,
    cosmetics_member_access,
    cosmetics_member_account,
    cosmetics_member_figures,
    cosmetics_member_health,
    cosmetics_member_purchase,
    cosmetics_member_tier,
    cosmetics_member_tier_move,
    cosmetics_points_adjustment,
    cosmetics_points_batch,
    cosmetics_points_difference,
    cosmetics_points_move,
    loyalty_card,
    loyalty_card_gate,
    loyalty_card_nightly,
    loyalty_card_notice,
    loyalty_card_points,
    loyalty_card_posting,
    loyalty_history,
    loyalty_program,
    loyalty_program_member,
    plain_rows,
    product_pricelist,
    res_company_member,
    res_company_points,
    res_config_settings_member,
    res_config_settings_points,
    res_partner_consent,
    res_partner_figures,
    res_partner_guardian,
    res_partner_import,
    res_partner_join,
    res_partner_member,
    res_partner_merge,
    res_partner_next_product,
    res_partner_points,
    res_partner_privacy,
    res_partner_search,
    res_partner_tier,
)
from . import res_company_points
from . import cosmetics_points_batch
from . import cosmetics_points_move
from . import cosmetics_points_difference
from . import cosmetics_points_adjustment
from . import loyalty_card
from . import loyalty_card_gate
from . import loyalty_card_posting
from . import loyalty_card_points
from . import loyalty_card_nightly
from . import loyalty_card_notice
from . import loyalty_history
from . import loyalty_program
from . import res_config_settings_points
from . import res_partner_points
from . import loyalty_program_member
