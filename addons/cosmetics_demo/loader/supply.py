"""Contracts, price ceilings, grades of vendors, and the freight of an order: entered by the buyer, decided by the owner."""

from odoo.addons.cosmetics_inventory_purchase.models.cosmetics_vendor_evaluation import QUARTER

from ..plan.supply import APPROVED, CEILINGS, CONTRACTS, EVALUATIONS, FREIGHT


def load(demo):
    """Create what is missing; the owner approves contracts and confirms evaluations, which the buyer made."""
    owner = demo.get("user", "owner")
    fresh = [ref for ref in APPROVED if demo.is_new("contract", ref)]
    demo.put("cosmetics.supplier.contract", "contract", {row["ref"]: contract_values(demo, row) for row in CONTRACTS})
    for ref in fresh:
        demo.get("contract", ref).with_user(owner).action_approve()
    demo.put("cosmetics.purchase.ceiling", "ceiling", {ref: ceiling_values(demo, ref, share) for ref, share in CEILINGS.items()})
    load_evaluations(demo, owner)
    load_freight(demo)


def contract_values(demo, row):
    """Return the values of a contract, at the cost of the products."""
    lines = [(0, 0, {"product_id": product.id, "price": product.standard_price}) for product in products(demo, row)]
    return {
        "name": row["name"],
        "partner_id": demo.get("supplier", row["supplier"]).id,
        "company_id": demo.company.id,
        "responsible_id": demo.get("user", "buyer").id,
        "starts_on": demo.day(row["from"]),
        "ends_on": demo.day(row["to"]),
        "minimum_amount": row["minimum"],
        "line_ids": lines,
    }


def products(demo, row):
    """Return the products of a row."""
    return [demo.get("product", ref) for ref in row["products"]]


def ceiling_values(demo, ref, share):
    """Return the values of a price ceiling."""
    product = demo.get("product", ref)
    price = round(product.standard_price * (1 + share), 2)
    return {"product_id": product.id, "company_id": demo.company.id, "price": price, "note": "年度采购预算"}


def load_evaluations(demo, owner):
    """Create the evaluations; the owner confirms all but one of those that hold nobody up."""
    evaluations = demo.env["cosmetics.vendor.evaluation"].with_user(demo.get("user", "buyer"))
    start = evaluations._get_last_quarter() - QUARTER
    fresh = [ref for ref in EVALUATIONS if demo.is_new("evaluation", ref)]
    for ref in fresh:
        score, note = EVALUATIONS[ref]
        vals = {"partner_id": demo.get("supplier", ref).id, "company_id": demo.company.id, "starts_on": start}
        evaluation = evaluations.create({**vals, "manual_score": score, "manual_note": note})
        demo.name("evaluation", {ref: evaluation})
        if evaluation.grade in ("A", "B", "C"):
            evaluation.with_user(owner).action_confirm()


def load_freight(demo):
    """Share the freight of an order out over its goods."""
    if not demo.is_new("freight", FREIGHT["purchase"]):
        return
    receipt = demo.get("purchase", FREIGHT["purchase"]).picking_ids
    service = demo.core("cosmetics_inventory_purchase.product_freight").product_variant_id
    line = {"product_id": service.id, "name": FREIGHT["name"], "price_unit": FREIGHT["amount"], "split_method": "by_quantity"}
    cost = demo.env["stock.landed.cost"].create(
        {"company_id": demo.company.id, "picking_ids": [(6, 0, receipt.ids)], "cost_lines": [(0, 0, line)]}
    )
    demo.name("freight", {FREIGHT["purchase"]: cost})
    cost.compute_landed_cost()
    cost.button_validate()
