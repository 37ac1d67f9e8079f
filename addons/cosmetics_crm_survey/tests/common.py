"""Members who bought something, a rule that asks them, and the answers they give."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import Command, fields
from odoo.addons.cosmetics_crm.models.cosmetics_member_event import COLUMNS
from odoo.addons.cosmetics_crm_mailing.tests.common import MailingCommon
from odoo.tools import SQL

NOON = fields.Datetime.to_datetime("2026-05-06 04:00:00")
"""12:00 in Xi'an, UTC."""
DAY = timedelta(days=1)
CLERK = "cosmetics_crm_survey.group_feedback_clerk"
HANDLER = "cosmetics_crm_survey.group_feedback_store"


class SurveyCommon(MailingCommon):
    has_events_of_its_own = True
    """False in a module that brings events: its documents say what happened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The module knows neither orders nor tills: a test says what happened.
        cls.events = []
        if cls.has_events_of_its_own:
            cls._patch_events()
        cls.env["cosmetics.survey.rule"].search([]).state = "stopped"
        cls.company.write({"survey_gap_days": 30, "feedback_due_days": 3, "email": "shop@example.com"})
        cls.shop_manager = cls._create_user("test_feedback_store", HANDLER)
        cls._assign_stores(cls.shop_manager, cls.store)
        cls.store.manager_id = cls.shop_manager
        cls.clerk = cls._create_user("test_feedback_clerk", CLERK)
        cls._assign_stores(cls.clerk, cls.store)
        cls.cream = cls._create_product(name="Test Cream")
        cls.survey = cls._create_survey()
        cls.template = cls._create_template("${member}，请评价${store}：shop.cn/q/${code}，拒收请回复R", kind="survey")

    @classmethod
    def _patch_events(cls):
        model = type(cls.env["cosmetics.member.event"])
        cls.startClassPatcher(patch.object(model, "_get_event_kinds", lambda self: [("bought", "Bought"), ("served", "Served")]))
        cls.startClassPatcher(patch.object(model, "_get_event_queries", lambda self, since, until: cls._sql_events(since, until)))

    def setUp(self):
        super().setUp()
        self.events.clear()

    @classmethod
    def _sql_events(cls, since, until):
        rows = [row for row in cls.events if since <= row["happened_at"] < until]
        return [
            SQL(
                "SELECT %s",
                SQL(", ").join(SQL("%s::%s AS %s", row[name], SQL(kind), SQL.identifier(name)) for name, kind in COLUMNS.items()),
            )
            for row in rows
        ]

    def _happen(self, member, at=NOON - DAY, kind="bought", store=None, user=None, products=None, number=None):
        """Let an event of a member happen; return its number."""
        number = number or len(self.events) + 1
        row = dict.fromkeys(COLUMNS)
        row.update(kind=kind, origin_model="res.partner", origin_id=number, origin_name=f"S{number}", partner_id=member.id, happened_at=at)
        row.update(store_id=(store or self.store).id, user_id=user and user.id, company_id=self.company.id)
        row["product_ids"] = list((products if products is not None else self.cream).ids)
        self.events.append(row)
        return number

    @classmethod
    def _create_survey(cls, title="Test Survey", kinds=("csat", "nps", "comment"), **vals):
        """Return a survey with one question for each of these."""
        scales = {"csat": (1, 5), "nps": (0, 10)}
        questions = []
        for kind in kinds:
            question = {"title": kind, "counts_as": kind, "question_type": "scale" if kind in scales else "text_box"}
            if kind in scales:
                question.update(scale_min=scales[kind][0], scale_max=scales[kind][1])
            questions.append(Command.create(question))
        vals = {"title": title, "access_mode": "token", "questions_layout": "one_page", "question_and_page_ids": questions, **vals}
        return cls.env["survey.survey"].with_user(cls.manager).create(vals)

    def _create_rule(self, is_running=True, started_at=NOON - 30 * DAY, **vals):
        """Return a rule of the member manager that asks one day after a purchase, by SMS."""
        vals = {
            "name": "Test Rule",
            "survey_id": self.survey.id,
            "event": "bought",
            "delay_days": 1,
            "sms_template_id": self.template.id,
            **vals,
        }
        rule = self.env["cosmetics.survey.rule"].with_user(self.manager).create(vals)
        if is_running:
            rule.action_start()
            rule.sudo().started_at = started_at
        return rule

    def _create_askable(self, name="王小红", **vals):
        """Return a member who agreed to be asked."""
        return self._create_reachable(name, codes=("survey",), **vals)

    def _ask(self, at=NOON + timedelta(minutes=1)):
        """Let the scheduler ask."""
        self._run_cron("cosmetics_crm_survey.ir_cron_survey_run", at)

    def _invitations(self, *members):
        self.env.invalidate_all()
        ids = [member.id for member in members]
        return self.env["cosmetics.survey.invitation"].search([("partner_id", "in", ids)] if ids else [], order="id")

    def _fill_in(self, invitation, csat=None, nps=None, comment=None, at=NOON + DAY):
        """Let the member answer, as the public page does it; return the answer."""
        values = {"csat": csat, "nps": nps, "comment": comment}
        sheet = invitation.user_input_id.sudo()
        with freeze_time(at):
            for question in invitation.survey_id.question_ids:
                value = values.get(question.counts_as)
                sheet._save_lines(question, "" if value is None else str(value))
            sheet.with_user(self.env.ref("base.public_user")).sudo()._mark_done()
        self.env.flush_all()
        return self.env["cosmetics.survey.answer"].search([("invitation_id", "=", invitation.id)])

    def _answer(self, member=None, **values):
        """Ask a member about a purchase of yesterday, and let the member answer; return the answer."""
        member = member or self._create_askable()
        self._happen(member, number=member.id)
        if not self.env["cosmetics.survey.rule"].search_count([("state", "=", "running")]):
            self._create_rule()
        self._ask()
        return self._fill_in(self._invitations(member), **values)
