"""Addresses of the plan as fields of a partner."""

STATES = {"陕西省": "SN", "广东省": "GD", "上海市": "SH", "浙江省": "ZJ"}
HOME = {"province": "陕西省", "city": "西安市"}


def values(demo, row):
    """Return the address fields of a row with district and street, and maybe province, city and development zone."""
    place = HOME | {key: row[key] for key in ("province", "city") if row.get(key)}
    city = find_city(demo, place["city"], row["district"])
    return {
        "country_id": demo.core("base.cn").id,
        "state_id": demo.core(f"base.state_cn_{STATES[place['province']]}").id,
        "city_id": city.id,
        "city": city.name or f"{place['city']}{row['district']}",
        "zip": city.zipcode,
        "street": row["street"],
    }


def find_city(demo, city, district):
    """Return the record of a district of a city, e.g. 西安市雁塔区; outside Xi'an the list of cities has gaps, so maybe none."""
    found = demo.env["res.city"].search([("name", "=", f"{city}{district}"), ("country_id.code", "=", "CN")], limit=1)
    if not found and city == HOME["city"]:
        raise LookupError(f"The demo company needs the district {city}{district}; the list of Chinese cities does not have it.")
    return found
