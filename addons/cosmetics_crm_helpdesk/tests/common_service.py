"""Cases of members, and the people who work on them."""

from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time
from odoo import Command, fields
from odoo.addons.cosmetics_crm.tests.common_members import HEALTH, MemberCommon

SERVICE = "cosmetics_crm_helpdesk.group_service"
LEADER = "cosmetics_crm_helpdesk.group_service_manager"


class ServiceCommon(MemberCommon):
    """Two people at the telephone, their leader, a member, and a calendar of eight hours from Monday to Friday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls._create_user("test_service", SERVICE)
        cls.leader = cls._create_user("test_service_leader", LEADER)
        cls.healer = cls._create_user("test_health_adviser", HEALTH)
        cls._assign_stores(cls.healer, cls.store)
        cls.member = cls._create_member("王小红", email="rose@example.com")
        cls.team = cls.env.ref("cosmetics_crm_helpdesk.helpdesk_ticket_team_service")
        cls.allergy_team = cls.env.ref("cosmetics_crm_helpdesk.helpdesk_ticket_team_allergy")
        for team in (cls.team, cls.allergy_team):
            team.write({"user_ids": [Command.set((cls.service | cls.leader).ids)], "user_id": cls.leader.id})
            team.resource_calendar_id = cls.env["resource.calendar"].create({"name": "Test Hours", "tz": "Asia/Shanghai"})
        for name in ("consultation", "complaint", "allergy"):
            setattr(cls, name, cls.env.ref(f"cosmetics_crm_helpdesk.helpdesk_ticket_category_{name}"))
        for name in ("new", "in_progress", "awaiting", "done", "cancelled", "rejected"):
            setattr(cls, name, cls.env.ref(f"helpdesk_mgmt.helpdesk_ticket_stage_{name}"))
        for name in ("answered", "unfounded", "customer", "reported"):
            setattr(cls, name, cls.env.ref(f"cosmetics_crm_helpdesk.cosmetics_service_outcome_{name}"))

    @contextmanager
    def _at(self, moment):
        """Let clock and database say this moment (UTC): deadlines count from the day of creation, which the database gives."""
        with freeze_time(moment), patch.object(self.env.cr, "now", lambda: fields.Datetime.to_datetime(moment)):
            yield
            self.env.flush_all()

    def _prepare_case_vals(self, **vals):
        return {
            "name": "面霜漏液", "description": "<p>瓶口漏</p>", "partner_id": self.member.id, "category_id": self.complaint.id, **vals,
        }  # fmt: skip

    def _case(self, user=None, **vals):
        """Return a new complaint of the member, taken by the service unless `user` says otherwise."""
        return self.env["helpdesk.ticket"].with_user(user or self.service).create(self._prepare_case_vals(**vals))

    def _allergy(self, user=None, **vals):
        """Return a new allergy case of the member, who agreed on the telephone."""
        vals = {"name": "用后发红", "description": "<p>脸颊发红</p>", "category_id": self.allergy.id, "health_consent_how": "phone", **vals}
        case = self._case(user, **vals)
        if "no_reaction_reason" in case:
            # Where the glue to adverse reactions is there, a case about an allergy ends with one, or with a word why not.
            case.no_reaction_reason = "只是咨询"
        return case

    def _close(self, case, outcome=None, note=False, user=None):
        """Close a case as the wizard does."""
        user = user or self.service
        action = case.with_user(user).action_close_case()
        wizard = self.env[action["res_model"]].with_user(user).with_context(**action["context"])
        wizard.create({"outcome_id": (outcome or self.answered).id, "note": note}).action_close()
