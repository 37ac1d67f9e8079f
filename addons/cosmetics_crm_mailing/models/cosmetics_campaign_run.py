"""A campaign runs: members are drawn, offers made, messages written, in small steps that are each committed.

Whenever it is killed, the next run goes on where it stopped: each step looks for the members who have not had it yet.
"""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_crm.tools.points_act import Act
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import sms_text
from ..tools.china import china_day
from ..tools.holdout import sql_is_drawn

_logger = logging.getLogger(__name__)
CHUNK = 200
MANY = 1000
CONSENTS = {"sms": ("sms",), "email": ("email",), "both": ("sms", "email")}


class CosmeticsCampaign(models.Model):
    _inherit = "cosmetics.campaign"

    @api.model
    def _cron_run(self):
        """Start what is due, go on with what runs."""
        due = self.search([("state", "in", ("scheduled", "running")), ("start_at", "<=", fields.Datetime.now())], order="start_at, id")
        for campaign in due:
            # What the scheduler writes into the log of the campaign is read by the shop.
            own = campaign.with_company(campaign.company_id).with_context(lang=campaign.company_id._get_shop_lang())
            if not own._run():
                return  # out of time: the scheduler calls again at once

    def _run(self):
        """Take the next steps; return False when the time of the scheduler was over before all were taken."""
        self.ensure_one()
        cron = self.env["ir.cron"]
        locked = self.try_lock_for_update()
        if not locked:
            return True
        if self.state == "scheduled":
            self.state = "running"
        self._draw()
        cron._commit_progress()
        for step in (self._make_offers, self._send_chunk):
            while self.state == "running" and (count := step()):
                if cron._commit_progress(count, remaining=CHUNK) <= 0:
                    return False
        self._finish()
        cron._commit_progress()
        return True

    def _finish(self):
        """A campaign that runs once is done; a birthday campaign goes on until its last day."""
        today = china_day(fields.Datetime.now())
        if self.state == "running" and (self.kind == "once" or (self.end_on and self.end_on < today)):
            self.state = "done"
            self._refresh_results()

    # ------------------------------------------------------------------ drawing
    def _draw(self):
        """Write down the members, addressed and held out, in one statement; those of this round who are there already stay."""
        self.ensure_one()
        if self.kind == "once" and self.member_ids[:1]:
            return 0
        self.env.flush_all()
        members = self.env["res.partner"]._search(self._get_member_domain())
        self.env.cr.execute(
            SQL(
                "INSERT INTO cosmetics_campaign_member (campaign_id, company_id, partner_id, round, is_holdout, state, drawn_at,"
                " create_uid, create_date, write_uid, write_date)"
                " SELECT %(campaign)s, %(company)s, p.id, %(round)s, %(draw)s, 'drawn', %(now)s, %(uid)s, %(now)s, %(uid)s, %(now)s"
                " FROM res_partner p WHERE p.id IN %(members)s ON CONFLICT (campaign_id, partner_id, round) DO NOTHING",
                campaign=self.id,
                company=self.company_id.id,
                round=self._sql_round(),
                draw=sql_is_drawn(self.seed, SQL("p.id"), self.holdout_percent),
                now=fields.Datetime.now(),
                uid=self.env.uid,
                members=members.subselect(),
            )
        )
        count = self.env.cr.rowcount
        if count > MANY:
            # Without figures of the new rows PostgreSQL would join them one by one, which takes minutes.
            self.env.cr.execute("ANALYZE cosmetics_campaign_member")
        self.invalidate_recordset(["member_ids"])
        return count

    def _sql_round(self):
        """Return the year in which the member's next birthday is kept: of a birthday in January, the coming one. 0: no birthdays."""
        if self.kind == "once":
            return SQL("0")
        today = china_day(fields.Datetime.now())
        return SQL("%s + (to_char(p.birthday, 'MMDD') < %s)::int", today.year, f"{today:%m%d}")

    def _get_member_domain(self):
        """Return the domain of those who may be drawn: of the segment, and agreed to one of the ways of the campaign.

        Both groups are drawn from the same members, or the comparison would be worth nothing.
        """
        segment = self.segment_id
        agreed = Domain.OR(segment._get_consent_domain(code) for code in CONSENTS[self.channel])
        domain = segment._get_domain() & agreed
        if self.channel == "sms":
            blocked = self.env["phone.blacklist"].sudo()._search([("active", "=", True)])
            numbers = SQL(
                "(SELECT p.id FROM res_partner p JOIN phone_blacklist b ON b.number = p.member_phone WHERE b.id IN %s)", blocked.subselect()
            )
            domain &= Domain("id", "not in", numbers)
        if self.kind == "birthday":
            domain &= segment._get_birthday_domain(self.birthday_days)
        return domain

    # ------------------------------------------------------------------ offers
    def _make_offers(self):
        """Give the next members their offer; return how many members that were."""
        rows = self.env["cosmetics.campaign.member"].search(
            [("campaign_id", "=", self.id), ("state", "=", "drawn"), ("is_holdout", "=", False)], limit=CHUNK
        )
        if self.offer == "coupon" and rows:
            self._give_coupons(rows)
        elif self.offer == "points" and rows:
            self._give_points(rows)
        rows.write({"state": "ready"})
        return len(rows)

    def _give_coupons(self, rows):
        until = china_day(fields.Datetime.now()) + timedelta(days=self.coupon_days) if self.coupon_days else False
        # sudo: the campaign was approved; who runs it may be the scheduler
        cards = (
            self.env["loyalty.card"]
            .sudo()
            .with_context(loyalty_no_mail=True, action_no_send_mail=True, tracking_disable=True, mail_create_nolog=True)
            .create(
                [{"program_id": self.program_id.id, "partner_id": row.partner_id.id, "points": 1, "expiration_date": until} for row in rows]
            )
        )
        self.env["loyalty.history"].sudo().create(
            [{"card_id": card.id, "issued": 1, "description": self.name, "order_model": self._name, "order_id": self.id} for card in cards]
        )
        for row, card in zip(rows, cards, strict=True):
            row.card_id = card

    def _give_points(self, rows):
        """Points go through the ledger, each with a key of its own: a repeated step gives nothing twice."""
        model = self.env["loyalty.card"].sudo()  # the ledger is closed to people
        cards = model.search([("program_id", "=", self.program_id.id), ("partner_id", "in", rows.partner_id.ids)]).grouped("partner_id")
        missing = rows.partner_id - self.env["res.partner"].union(*cards)
        for card in model.create([{"program_id": self.program_id.id, "partner_id": partner.id} for partner in missing]):
            cards[card.partner_id] = card
        model._points_post(
            [
                Act(
                    cards[row.partner_id][:1],
                    "earn",
                    self.points,
                    f"cosmetics.campaign,{self.id},{row.round},{row.partner_id.id}",
                    self,
                    self.name,
                )
                for row in rows
            ]
        )
        for row in rows:
            row.card_id = cards[row.partner_id][:1]

    # ------------------------------------------------------------------ sending
    def _send_chunk(self):
        """Write the messages of the next members; return how many members that were."""
        rows = self.env["cosmetics.campaign.member"].search([("campaign_id", "=", self.id), ("state", "=", "ready")], limit=CHUNK)
        if rows and self._is_budget_used(rows):
            rows.write({"state": "skipped"})
            return len(rows)
        if rows and self.channel in ("sms", "both"):
            self._send_by("sms", rows)
        if rows and self.channel in ("email", "both"):
            agreed = rows.partner_id._has_consent("email")
            self._send_by("mail", rows.filtered(lambda row: agreed[row.partner_id.id] and row.partner_id.email))
        rows.write({"state": "sent", "addressed_at": fields.Datetime.now()})
        return len(rows)

    def _is_budget_used(self, rows):
        """Return whether the messages of these members would cost more than what is left; what waits in the queue counts."""
        if not self.budget or self.channel == "email":
            return False
        spent = (
            self.env["sms.sms"]
            .sudo()
            ._read_group([("mailing_id.member_campaign_id", "=", self.id), ("state", "!=", "canceled")], [], ["part_count:sum"])
        )
        parts = (spent[0][0] or 0) + len(rows) * self.sms_template_id.part_count
        return parts * self.company_id.sms_price > self.budget

    def _send_by(self, kind, rows):
        if rows:
            # sudo: mailings belong to Odoo's marketing roles; the campaign was approved in ours
            self._get_mailing(kind).sudo()._action_send_mail(res_ids=rows.ids)

    def _get_mailing(self, kind):
        """Return the one mailing of the campaign for SMS or mail, made when needed."""
        mailing = self.mailing_ids.filtered(lambda mailing: mailing.mailing_type == kind)[:1]
        return mailing or self.env["mailing.mailing"].sudo().create(self._prepare_mailing_vals(kind))

    def _prepare_mailing_vals(self, kind):
        vals = {
            "subject": self.name if kind == "sms" else self.email_subject,
            "mailing_type": kind,
            "member_campaign_id": self.id,
            "mailing_model_id": self.env["ir.model"]._get_id("cosmetics.campaign.member"),
            "mailing_domain": repr([("campaign_id", "=", self.id), ("is_holdout", "=", False)]),
            "user_id": self.user_id.id or self.env.uid,
            "keep_archives": False,
        }
        if kind == "sms":
            template = self.sms_template_id
            body = sms_text.VARIABLE.sub(lambda found: "{{ object." + found[1] + " }}", template.text)
            return {**vals, "body_plaintext": body, "cosmetics_template_id": template.id, "sms_allow_unsubscribe": False}
        return {**vals, "body_html": self.email_body, "email_from": self.company_id.email_formatted or self.env.user.email_formatted}
