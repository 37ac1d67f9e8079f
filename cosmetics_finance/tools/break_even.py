"""Break-even (盈亏平衡): what costs do when sales grow. Plain Python, amounts as Decimal."""

FIXED, VARIABLE, MARGIN, APART = "fixed", "variable", "margin", "apart"

# The first that begins the code counts: 小企业会计准则 (5…) and 企业会计准则 (6…).
BEHAVIOURS = (
    # Counted with the goods they belong to: fees of platforms, testers and samples, gifts, losses of stock.
    (("560104", "560105", "560106", "560204", "660104", "660105", "660106", "660204"), MARGIN),
    # Freight and couriers, advertising by sales, the commissions of banks, taxes on turnover.
    (("560103", "660103", "540301", "540303", "540310", "540313", "6403", "6421"), VARIABLE),
    (("5403", "5601", "5602", "5603", "6411", "6601", "6602", "6603"), FIXED),
)


def get_behaviour(code, account_type):
    """Return how the costs on an account behave by its code; what lies outside the running business stands apart.

    >>> [get_behaviour(code, "expense") for code in ("560102", "560103", "560104", "660205", "5801", "6711")]
    ['fixed', 'variable', 'margin', 'fixed', 'apart', 'apart']
    >>> get_behaviour("540101", "expense_direct_cost"), get_behaviour("660200", "expense_depreciation"), get_behaviour("5001", "income")
    ('margin', 'fixed', False)
    """
    if not account_type.startswith("expense"):
        return False
    if account_type == "expense_direct_cost":
        return MARGIN
    return next((behaviour for prefixes, behaviour in BEHAVIOURS if (code or "").startswith(prefixes)), APART)
