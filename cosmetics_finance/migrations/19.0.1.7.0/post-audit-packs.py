"""Packs of an earlier version did not say whose books they hold, and their rules did not ask."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, convert_file


def migrate(cr, version):
    """Let packs cover their company and its branches, and bring the rules up to the file: an update leaves rules alone by itself."""
    cr.execute(
        SQL(
            """
            INSERT INTO cosmetics_audit_pack_res_company_rel (cosmetics_audit_pack_id, res_company_id)
            SELECT pack.id, covered.id
              FROM cosmetics_audit_pack pack
              JOIN res_company company ON company.id = pack.company_id
              JOIN res_company covered ON starts_with(covered.parent_path, company.parent_path)
             WHERE pack.state = 'done'
                ON CONFLICT DO NOTHING
            """
        )
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    convert_file(env, "cosmetics_finance", "security/audit_pack_rules.xml", {}, mode="init", noupdate=True)
