"""Packs of an earlier version did not say whose books they hold: those of their company and of its branches."""

from odoo.tools import SQL


def migrate(cr, version):
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
