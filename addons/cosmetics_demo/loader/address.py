"""Addresses of the plan as fields of a partner."""

from odoo.addons.l10n_cn_xian.tools.zones import zone_at_start

from ..plan.people import DISTRICTS

HOME_CITY = "西安市"
OTHER_STATES = {"广东省": "GD", "上海市": "SH", "浙江省": "ZJ"}


def values(demo, row):
    """Return the address fields of a row with district and street, and maybe province, city and development zone."""
    place = home(demo, row) if row.get("city", HOME_CITY) == HOME_CITY else elsewhere(demo, row)
    return place | {"country_id": demo.core("base.cn").id, "street": row["street"]}


def home(demo, row):
    """Return district and zone of an address in Xi'an."""
    district = demo.core(f"l10n_cn_xian.district_{DISTRICTS[row['district']]}")
    zone = row.get("zone")
    return {
        "state_id": district.state_id.id,
        "city_id": district.city_id.id,
        "city": district.city_id.name,
        "zip": district.zip,
        "development_zone": zone_at_start(zone)[0] if zone else False,
    }


def elsewhere(demo, row):
    """Return province and city of an address outside Xi'an; the list of cities has gaps there, so the name stands for itself."""
    name = f"{row['city']}{row['district']}"
    state = demo.core(f"base.state_cn_{OTHER_STATES[row['province']]}")
    city = demo.env["res.city"].search([("name", "=", name), ("state_id", "=", state.id)], limit=1)
    return {"state_id": state.id, "city_id": city.id, "city": name, "zip": city.zipcode}
