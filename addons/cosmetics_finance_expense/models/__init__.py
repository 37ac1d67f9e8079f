from . import (
    account_move,
    cosmetics_budget,
    cosmetics_expense_approval,
    cosmetics_expense_paper,
    cosmetics_expense_claim,
    cosmetics_expense_claim_flow,
    cosmetics_expense_advance,
    cosmetics_expense_advance_books,
    cosmetics_expense_node,
    hr_expense,
    hr_expense_closed,
    res_company,
)
