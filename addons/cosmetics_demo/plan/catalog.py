"""Brands, series and products of the demo company."""

from . import identity
from .dice import dice
from .tables import rows, words

VAT_RATE = 0.13
CONTROL_SHARE = 0.85  # the lowest retail price a brand allows, as a share of the price on the tag
REGISTRATION_MONTHS = 60  # a special cosmetic is registered for five years
STANDARDS = {"toothpaste": "GB/T 8372", "special": "QB/T 1857", "ordinary": "QB/T 1857"}
UNREGISTERED_CLASSES = ("tool",)


def brands():
    """Return the brands with their series.

    >>> brands()[0]["series"]
    ['净润系列', '朝露系列']
    """
    return [
        {
            "ref": row["code"].lower(),
            "name": row["name"],
            "english": row["english"],
            "country": row["country"],
            "registrant": row["registrant"],
            "responsible": row["responsible"],
            "supplier": row["supplier"],
            "cost_ratio": float(row["cost_ratio"]),
            "place": row["filing_place"],
            "series": words(row["series"]),
        }
        for row in rows("brands")
    ]


def products():
    """Return the products in the order of the table. New rows go to its end: the running number is part of bar code and registration.

    >>> products()[1]["registration_no"] == products()[9]["registration_no"]  # a travel size of the same lotion
    True
    """
    makers = {brand["ref"]: brand for brand in brands()}
    formulas = {row["formula"]: row["ingredients"] for row in rows("formulas")}
    done = {}
    for serial, row in enumerate(rows("products"), start=1):
        brand = makers[row["brand"].lower()]
        product = _facts(row, formulas) | _prices(row, brand) | _identity(row, brand, serial, done)
        done[product["ref"]] = product
    return list(done.values())


def _facts(row, formulas):
    """Return what the label says."""
    return {
        "ref": row["ref"],
        "code": row["ref"].upper(),
        "name": row["name"],
        "brand": row["brand"].lower(),
        "series": row["series"],
        "category": row["category"],
        "kind": row["kind"],
        "item_class": row["item_class"],
        "stage": row["stage"],
        "efficacies": words(row["efficacy"]),
        "skin_types": words(row["skin"]),
        "concerns": words(row["concern"]),
        "ingredients": formulas.get(row["formula"], ""),
        "net_content": float(row["net"]),
        "net_content_uom": row["uom"],
        "shelf_life_months": int(row["shelf"] or 0),
        "pao_months": int(row["pao"] or 0),
        "spf": row["spf"],
        "pa": row["pa"],
        "is_children": row["brand"] == "DYL",
    }


def _prices(row, brand):
    """Return prices: the tag and the control price with VAT, the cost without. Testers come free of charge, gifts are not sold.

    >>> _prices({"price": "99", "item_class": "full_size"}, {"cost_ratio": 0.42})
    {'price': 99.0, 'control_price': 84.0, 'cost': 36.8}
    >>> _prices({"price": "329", "item_class": "tester"}, {"cost_ratio": 0.4})
    {'price': 0.0, 'control_price': 0.0, 'cost': 0.0}
    """
    tag = float(row["price"])
    if row["item_class"] == "tester":
        return {"price": 0.0, "control_price": 0.0, "cost": 0.0}
    cost = round(tag / (1 + VAT_RATE) * brand["cost_ratio"], 2)
    is_controlled = row["item_class"] in ("full_size", "set")
    return {"price": tag, "control_price": float(round(tag * CONTROL_SHARE)) if is_controlled else 0.0, "cost": cost}


def _identity(row, brand, serial, done):
    """Return the numbers of a product; trial sizes and sets are sold under the number of the product they hold."""
    twin = done.get(row["same_formula_as"])
    imported = brand["country"] != "CN"
    random = dice("registration", row["ref"])
    year, months_left = random.randint(2021, 2025), random.randint(8, REGISTRATION_MONTHS - 6)
    number = identity.registration_no(row["kind"], serial, year, brand["place"], imported)
    is_special = row["kind"] == "special"
    return {
        "barcode": identity.barcode(serial),
        "registration_no": twin["registration_no"] if twin else number,
        "registration_months_left": (twin["registration_months_left"] if twin else months_left) if is_special else None,
        "registrant": brand["registrant"],
        "responsible": brand["responsible"],
        "supplier": brand["supplier"],
        "standard_no": STANDARDS.get(row["kind"], ""),
    }
