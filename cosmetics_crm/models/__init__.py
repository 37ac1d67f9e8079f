from . import (
    cosmetics_points_batch,
    cosmetics_points_difference,
    cosmetics_points_move,
    loyalty_card,
    loyalty_card_gate,
    loyalty_card_nightly,
    loyalty_card_points,
    loyalty_card_posting,
    loyalty_history,
    loyalty_program,
    res_company_points,
)
