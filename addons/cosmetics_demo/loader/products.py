"""Brands, series and products."""

DAYS_OF_MONTH = 30
TAX_CATEGORY_CODE = "1070223010000000000"
# Bought by agreement with so many days left, at a good price: no more of it than can be sold in time.
SHORT_DATED = {"blm006": 75}
NOT_SOLD = ("tester", "gift")
# The first level of the category tree: also the buttons of the till.
ROOTS = ("skin_care", "makeup", "fragrance", "hair_body", "baby", "oral", "tools")
UNIT_NAMES = {"ml": "ml", "g": "g", "piece": "件"}


def load(demo):
    """Create the product master."""
    demo.put("cosmetics.brand", "brand", {row["ref"]: brand_values(demo, row) for row in demo.plan["brands"]})
    demo.put("cosmetics.series", "series", dict(series_values(demo)))
    categories = demo.env["product.category"].search([])
    names = {
        root: {"name": demo.core(f"cosmetics_base.category_{root}").name, "sequence": 10 * at} for at, root in enumerate(ROOTS, start=1)
    }
    demo.put("pos.category", "till_category", names)
    fefo = demo.core("product_expiry.removal_fefo")
    categories.filtered(lambda category: not category.parent_id and not category.removal_strategy_id).removal_strategy_id = fefo
    products = [row for row in demo.plan["products"] if demo.is_new("template", row["ref"])]
    templates = demo.put("product.template", "template", {row["ref"]: product_values(demo, row) for row in products})
    demo.name("product", {row["ref"]: template.product_variant_id for row, template in zip(products, templates, strict=True)})


def brand_values(demo, row):
    """Return the values of a brand."""
    return {
        "name": row["name"],
        "code": row["ref"].upper(),
        "country_id": demo.core(f"base.{row['country'].lower()}").id,
        "partner_id": demo.get("supplier", row["registrant"] or row["supplier"]).id,
        "description": f"{row['name']}（{row['english']}），示例品牌，名称与数据均为虚构。",
    }


def series_values(demo):
    """Yield reference and values of each series."""
    for brand in demo.plan["brands"]:
        for number, name in enumerate(brand["series"], start=1):
            yield f"{brand['ref']}_{number}", {"name": name, "brand_id": demo.get("brand", brand["ref"]).id, "sequence": 10 * number}


def product_values(demo, row):
    """Return the values of a product template."""
    return label_values(demo, row) | selling_values(demo, row) | keeping_values(demo, row)


def root_of(category):
    """Return the first level of a category.

    >>> root_of("skin_care_eye_care")
    'skin_care'
    """
    return next(root for root in ROOTS if category.startswith(root))


def label_values(demo, row):
    """Return what the label says and what the authorities know."""
    brand = demo.get("brand", row["brand"])
    net = f"{row['net_content']:g}{UNIT_NAMES[row['net_content_uom']]}"
    months_left = row["registration_months_left"]
    return {
        "name": row["name"],
        "default_code": row["code"],
        "barcode": row["barcode"],
        "brand_id": brand.id,
        "series_id": brand.series_ids.filtered(lambda series: series.name == row["series"]).id,
        "categ_id": demo.core(f"cosmetics_base.category_{row['category']}").id,
        "cosmetic_kind": row["kind"],
        "item_class": row["item_class"],
        "spec": net,
        "net_content": row["net_content"],
        "net_content_uom": row["net_content_uom"],
        "efficacy_ids": [(6, 0, [demo.core(f"cosmetics_base.efficacy_{code}").id for code in row["efficacies"]])],
        "skin_type_ids": [(6, 0, [demo.core(f"cosmetics_base.skin_type_{name}").id for name in row["skin_types"]])],
        "skin_concern_ids": [(6, 0, [demo.core(f"cosmetics_base.skin_concern_{name}").id for name in row["concerns"]])],
        "ingredients": row["ingredients"],
        "shelf_life_months": row["shelf_life_months"],
        "pao_months": row["pao_months"],
        "is_children": row["is_children"],
        "has_gold_shield": row["is_children"],
        "spf": row["spf"],
        "pa": row["pa"],
        "registration_no": row["registration_no"],
        "registration_expiry_on": months_left and demo.day(months_left * DAYS_OF_MONTH),
        "registrant_id": row["registrant"] and demo.get("supplier", row["registrant"]).id,
        "responsible_partner_id": row["responsible"] and demo.get("supplier", row["responsible"]).id,
        "standard_no": row["standard_no"],
        "tax_category_code": TAX_CATEGORY_CODE if row["kind"] != "other" else False,
    }


def selling_values(demo, row):
    """Return prices, taxes and where the product is offered. The tag price holds the tax, as prices on tags in China do."""
    is_sold = row["item_class"] not in NOT_SOLD
    supplier = {
        "partner_id": demo.get("supplier", row["supplier"]).id,
        "price": row["cost"],
        "min_qty": 1 if row["item_class"] == "tester" else 12,
        "product_code": f"{row['supplier'].upper()}-{row['code'][-3:]}",
        "receipt_min_days": SHORT_DATED.get(row["ref"], 0),
        "delay": next(other["lead_days"] for other in demo.plan["suppliers"] if other["ref"] == row["supplier"]),
    }
    return {
        "list_price": row["price"],
        "standard_price": row["cost"],
        "control_price": row["control_price"],
        "taxes_id": [(6, 0, demo.core(f"account.{demo.company.id}_xian_tax_sale_13_included").ids)],
        "supplier_taxes_id": [(6, 0, demo.core(f"account.{demo.company.id}_l10n_cn_purchase_excluded_13").ids)],
        "seller_ids": [(0, 0, supplier)],
        "sale_ok": is_sold,
        "available_in_pos": is_sold,
        "pos_categ_ids": [(6, 0, demo.get("till_category", root_of(row["category"])).ids)],
        "lifecycle_stage_id": demo.core(f"cosmetics_base.lifecycle_stage_{row['stage']}").id,
        "lifecycle_reason": "示例公司建档",
    }


def keeping_values(demo, row):
    """Return how the product is kept: what expires is kept by batch."""
    expires = bool(row["shelf_life_months"])
    return {"type": "consu", "is_storable": True, "tracking": "lot" if expires else "none", "use_expiration_date": expires}
