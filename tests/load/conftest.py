"""Real processes against a real database; `./erp test` makes the database and names it in ERP_LOAD_DATABASE."""

import os

import pytest
from imports import RUN, SKU
from processes import transaction


@pytest.fixture(scope="session")
def database():
    """Load Odoo with the database, as its server does before it forks; return the name."""
    import odoo.tools
    from odoo.modules.registry import Registry

    name = os.environ["ERP_LOAD_DATABASE"]
    odoo.tools.config.parse_config(["-c", os.environ["ODOO_RC"], "-d", name, "--no-http", "--log-level=critical"])
    Registry(name)
    return name


@pytest.fixture(scope="session")
def clerk(database):
    """Return the id of a clerk; the product of the orders is there."""
    with transaction(database) as env:
        env["product.product"].create({"name": "Load Import", "default_code": SKU, "type": "service", "list_price": 10})
        groups = [(6, 0, [env.ref("cosmetics_sales.group_ecommerce_clerk").id])]
        return env["res.users"].create({"name": SKU, "login": SKU, "group_ids": groups}).id


@pytest.fixture
def channel(database, request):
    """Return the id of a shop of the test's own."""
    with transaction(database) as env:
        code = f"{RUN}-{request.node.name[-30:]}"
        return env["cosmetics.channel"].create({"name": code, "code": code, "kind": "marketplace", "platform": "other"}).id
