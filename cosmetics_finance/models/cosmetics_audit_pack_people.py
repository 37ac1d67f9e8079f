"""Who may do what with the books, and when they were locked."""

from odoo import fields, models
from odoo.tools import SQL, format_datetime, html2plaintext

from ..tools.audit_pack import Table, Totals
from .res_partner_credit import CHINA

FINANCE_GROUPS = (
    "account.group_account_readonly",
    "account.group_account_invoice",
    "account.group_account_user",
    "account.group_account_manager",
    "cosmetics_finance.group_accountant",
    "cosmetics_finance.group_auditor",
    "cosmetics_finance.group_payment_approver",
)
LOCKS = ("fiscalyear_lock_date", "tax_lock_date", "sale_lock_date", "purchase_lock_date", "hard_lock_date")


class CosmeticsAuditPack(models.Model):
    _inherit = "cosmetics.audit.pack"

    def _pack_people(self, pack):
        """财务权限用户 and the log of locks and closings."""
        return self._pack_users(pack) + self._pack_locks(pack), []

    def _get_now_text(self):
        return format_datetime(self.env, fields.Datetime.now(), tz=CHINA, dt_format="yyyy-MM-dd HH:mm:ss")

    # ------------------------------------------------------------------ users
    def _get_finance_groups(self):
        """Return the groups (:class:`res.groups`) that give rights in the books."""
        # sudo: an auditor reads no groups; their names are what he asks for
        return self.env["res.groups"].sudo().union(*(self.env.ref(name).sudo() for name in FINANCE_GROUPS))

    def _pack_users(self, pack):
        headings = [
            self.env._("Login"), self.env._("User"), self.env._("Active"), self.env._("Rights in the Books"), self.env._("Audit until"),
            self.env._("Created at"),
        ]  # fmt: skip
        groups = self._get_finance_groups()
        # sudo: an auditor reads no users; only logins, names and rights in the books leave here
        users = self.env["res.users"].sudo().with_context(active_test=False)
        users = users.search([("all_group_ids", "in", groups.ids), ("company_ids", "in", self._get_company_ids())], order="id")
        yes = self.env._("Yes")
        rows = (
            [
                user.login, user.name, yes if user.active else "", ", ".join((groups & user.all_group_ids).mapped("full_name")),
                f"{user.audit_until or ''}", f"{user.create_date:%Y-%m-%d}",
            ]
            for user in users
        )  # fmt: skip
        table = Table("10_" + self.env._("Users with Rights in the Books"), headings)
        return self._add_table(pack, table, rows, Totals(self._count_users(groups)))

    def _count_users(self, groups):
        """Return how many users have one of the groups, given or implied; by the tables."""
        [(number,)] = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE giving(id) AS (
                    SELECT id FROM res_groups WHERE id IN %s
                    UNION SELECT implied.gid FROM res_groups_implied_rel implied JOIN giving ON implied.hid = giving.id)
                SELECT COUNT(DISTINCT given.uid)
                  FROM res_groups_users_rel given
                  JOIN giving ON giving.id = given.gid
                  JOIN res_company_users_rel place ON place.user_id = given.uid AND place.cid IN %s
                """,
                tuple(groups.ids),
                self._get_company_ids(),
            )
        )
        return number

    # ------------------------------------------------------------------ locks
    def _pack_locks(self, pack):
        """Changes of lock dates, closed and opened months, exceptions; from the first day of the period until now."""
        headings = [
            self.env._("Time"), self.env._("User"), self.env._("Subject"), self.env._("Field"), self.env._("Old Value"),
            self.env._("New Value"), self.env._("Remark"),
        ]  # fmt: skip
        table = Table("11_" + self.env._("Log of Locks and Closings"), headings)
        rows = ([*row[:-1], html2plaintext(row[-1] or "").strip()] for row in self._fetch(self._get_locks_sql()))
        return self._add_table(pack, table, rows, Totals(self._count_locks()))

    def _get_locks_sql(self):
        moment = SQL("to_char(%s AT TIME ZONE 'UTC' AT TIME ZONE %s, 'YYYY-MM-DD HH24:MI:SS')", SQL("log.at"), CHINA)
        return SQL(
            """
            SELECT %(moment)s, person.complete_name, log.subject,
                   COALESCE(field.field_description ->> %(lang)s, field.field_description ->> 'en_US'), log.old, log.new, log.remark
              FROM (%(log)s) log
         LEFT JOIN res_partner person ON person.id = log.person_id
         LEFT JOIN ir_model_fields field ON field.id = log.field_id
             ORDER BY log.at, log.kind, log.id, log.field_id
            """,
            moment=moment,
            lang=self.env.lang or "en_US",
            log=SQL(" UNION ALL ").join((self._get_messages_sql(), self._get_exceptions_sql())),
        )

    def _get_messages_sql(self):
        """Return the query of what the chatter keeps of the closings, and of the lock dates of the company."""
        day = SQL("'YYYY-MM-DD'")
        return SQL(
            """
            SELECT 1 AS kind, message.id, message.date AS at, message.author_id AS person_id, COALESCE(month.name, company.name) AS subject,
                   value.field_id, COALESCE(value.old_value_char, to_char(value.old_value_datetime, %(day)s)) AS old,
                   COALESCE(value.new_value_char, to_char(value.new_value_datetime, %(day)s)) AS new, message.body AS remark
              FROM mail_message message
         LEFT JOIN mail_tracking_value value ON value.mail_message_id = message.id
         LEFT JOIN ir_model_fields field ON field.id = value.field_id
         LEFT JOIN (SELECT id, company_id, to_char(date_begin, 'YYYY-MM') AS name FROM cosmetics_period_close) month
                ON message.model = 'cosmetics.period.close' AND month.id = message.res_id
         LEFT JOIN res_company company ON message.model = 'res.company' AND company.id = message.res_id
             WHERE message.date >= %(begin)s
               AND (month.company_id IN %(companies)s OR (company.id IN %(companies)s AND field.name IN %(locks)s))
            """,
            day=day,
            begin=self.date_begin,
            companies=self._get_company_ids(),
            locks=LOCKS,
        )

    def _get_exceptions_sql(self):
        """Return the query of the exceptions from lock dates: who may book before which day, until when."""
        return SQL(
            """
            SELECT 2, exception.id, exception.create_date, login.partner_id, company.name, field.id, exception.company_lock_date::text,
                   exception.lock_date::text, exception.reason
              FROM account_lock_exception exception
              JOIN res_company company ON company.id = exception.company_id
         LEFT JOIN res_users login ON login.id = exception.create_uid
         LEFT JOIN ir_model_fields field ON field.model = 'res.company' AND field.name = exception.lock_date_field
             WHERE exception.company_id IN %s AND exception.create_date >= %s
            """,
            self._get_company_ids(),
            self.date_begin,
        )

    def _count_locks(self):
        """Return how many lines the log must have, by the records."""
        # sudo: an auditor reads the chatter of what he reads, not the technical records behind it; they are counted only
        env = self.sudo().env
        companies = self._get_company_ids()
        months = env["cosmetics.period.close"].search([("company_id", "in", companies)])
        of_months = [("model", "=", "cosmetics.period.close"), ("res_id", "in", months.ids), ("date", ">=", self.date_begin)]
        messages = env["mail.message"].search([*of_months])
        plain = messages.filtered(lambda message: not message.tracking_value_ids)
        values = env["mail.tracking.value"]
        of_companies = env["mail.message"].search(
            [("model", "=", "res.company"), ("res_id", "in", companies), ("date", ">=", self.date_begin)]
        )
        changes = values.search_count([("mail_message_id", "in", of_companies.ids), ("field_id.name", "in", LOCKS)])
        exceptions = env["account.lock_exception"].with_context(active_test=False)
        exceptions = exceptions.search_count([("company_id", "in", companies), ("create_date", ">=", self.date_begin)])
        return len(plain) + len(messages.tracking_value_ids) + changes + exceptions
