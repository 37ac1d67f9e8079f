from . import account_move_line, cosmetics_budget, cosmetics_budget_commitment, purchase_order, purchase_request
