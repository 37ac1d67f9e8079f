"""How goods are valued: a standard cost, but for those that come with freight."""

from ..plan.supply import AVERAGE_COST


def load(demo):
    """Let the categories of these goods take the average of what was paid."""
    for ref in AVERAGE_COST:
        category = demo.get("product", ref).categ_id
        if category.property_cost_method != "average":
            category.property_cost_method = "average"
