"""Real processes against a real database; `./erp test` makes the database and names it in ERP_LOAD_DATABASE."""

import os

import pytest


@pytest.fixture(scope="session")
def database():
    """Load Odoo with the database, as its server does before it forks; return the name."""
    import odoo.tools
    from odoo.modules.registry import Registry

    name = os.environ["ERP_LOAD_DATABASE"]
    odoo.tools.config.parse_config(["-c", os.environ["ODOO_RC"], "-d", name, "--no-http", "--log-level=critical"])
    Registry(name)
    return name
