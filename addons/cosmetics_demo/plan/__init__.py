"""The demo company as data: plain Python, no database, no clock.

`build` returns the same dictionary on every machine. Days are counted from the day the company is set up: ``days_left`` ahead of it,
``days_ago`` behind it; the loader turns them into dates.
"""

import hashlib
import json

from . import catalog, channel_orders, channels, orders, people, sales_history, service, stock, supply


def build():
    """Return the whole company; the key names say what, the records refer to each other by ``ref``.

    >>> plan = build()
    >>> len(plan["products"]) >= 80 and len(plan["brands"]) >= 8
    True
    """
    products = catalog.products()
    members = people.members()
    batches = stock.batches(products)
    customers = people.customers()
    return {
        "company": people.COMPANY,
        "stores": people.stores(),
        "channels": channels.channels(),
        "users": people.users(),
        "suppliers": people.suppliers(),
        "foreign_registrant": people.LUMINOYA,
        "customers": customers,
        "members": members,
        "brands": catalog.brands(),
        "products": products,
        "batches": batches,
        "aged": stock.aged(products),
        "opening": stock.opening(products, batches),
        "purchases": [*orders.purchases(products), *supply.purchases(products)],
        "sales": orders.sales(products, customers, members),
        "service_cases": service.cases(),
        "channel_orders": channel_orders.channel_orders(products, members),
        "sales_history": sales_history.levels(products),
    }


def fingerprint(plan):
    """Return a hash of a plan, to compare two machines.

    >>> fingerprint(build()) == fingerprint(build())
    True
    """
    return hashlib.sha256(json.dumps(plan, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
