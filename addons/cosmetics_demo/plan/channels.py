"""The shops of the demo company on the platforms."""

from .tables import rows


def channels():
    """Return the shops with what the platform keeps of each sale, in percent.

    >>> tmall = channels()[0]
    >>> tmall["platform"], tmall["fees"]
    ('taobao', [('commission', '平台佣金', 5.0), ('payment', '支付手续费', 0.6)])
    """
    kinds = (("commission", "平台佣金"), ("payment_fee", "支付手续费"))
    return [
        {key: row[key] for key in ("ref", "code", "name", "platform", "shop_name", "journal")}
        | {"fees": [(column.split("_fee")[0], name, float(row[column])) for column, name in kinds if float(row[column])]}
        for row in rows("channels")
    ]
