"""The tier of a member: reached at once, reviewed each year, never changed without a trace."""

from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools import tiers
from .res_partner_member import ADVISER

MANAGER = "cosmetics_crm.group_member_manager"
TIER_FIELDS = {"member_tier_id", "member_tier_since", "member_tier_review_on", "member_tier_notice_on"}
CHUNK = 2000


class ResPartner(models.Model):
    _inherit = "res.partner"

    member_tier_id = fields.Many2one("cosmetics.member.tier", string="Tier", copy=False, index="btree_not_null", ondelete="restrict")
    member_tier_since = fields.Date(string="Tier Since", copy=False, readonly=True)
    member_tier_review_on = fields.Date(string="Tier Review On", copy=False, readonly=True, index="btree_not_null")
    member_tier_notice_on = fields.Date(
        string="Told of Downgrade On", copy=False, readonly=True, help="Day of the notice that the tier will be lost at the review."
    )
    member_tier_move_ids = fields.One2many("cosmetics.member.tier.move", "partner_id", string="Tier History", groups=ADVISER)
    member_tier_missing = fields.Char(string="To the Next Tier", compute="_compute_member_tier_missing", groups=ADVISER)

    @api.depends("member_tier_id")
    def _compute_member_tier_missing(self):
        today = fields.Date.context_today(self)
        spends = self._get_member_spends(today)
        for company, members in self.grouped(lambda partner: partner._get_member_company()).items():
            steps, records = self.env["cosmetics.member.tier"]._get_ladder(company)
            for member in members:
                member.member_tier_missing = member._tier_sentence(spends.get(member.id, 0.0), steps, records, company)

    def _tier_sentence(self, spend, steps, records, company):
        if not self.member_tier_id:
            return False
        found = tiers.missing(spend, self.member_tier_id._as_step(), steps)
        if not found:
            return self.env._("%(tier)s is the highest tier.", tier=self.member_tier_id.name)
        step, amount = found
        return self.env._(
            "%(spend)s spent in %(months)s months: %(amount)s more to %(tier)s.",
            spend=company.currency_id.format(spend),
            months=company.member_tier_window_months,
            amount=company.currency_id.format(amount),
            tier=records[step.id].name,
        )

    # ------------------------------------------------------------------ changes
    @api.model_create_multi
    def create(self, vals_list):
        if any(TIER_FIELDS & vals.keys() for vals in vals_list):
            self._check_may_change_tier()
        return super().create(vals_list)

    def write(self, vals):
        if not TIER_FIELDS & vals.keys():
            return super().write(vals)
        self._check_may_change_tier()
        before = {partner.id: partner.member_tier_id for partner in self}
        res = super().write(vals)
        if "member_tier_id" in vals:
            self._after_tier_by_hand(before)
        return res

    def _check_may_change_tier(self):
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Tiers follow from purchases. Only a member manager changes one by hand."))

    def _after_tier_by_hand(self, before):
        """Write the history of what a person has changed; nobody is left without a tier."""
        members = self.filtered("is_member")
        if any(not member.member_tier_id for member in members):
            raise ValidationError(self.env._("A member always has a tier. Choose the lowest one instead of none."))
        changed = members.filtered(lambda member: before[member.id] and member.member_tier_id != before[member.id])
        spends = changed._get_member_spends(fields.Date.context_today(self))
        rows = [(member, "manual", before[member.id], member.member_tier_id, spends.get(member.id, 0.0)) for member in changed]
        self._apply_tier_rows(rows, fields.Date.context_today(self))

    def _after_join(self):  # pylint: disable=missing-return; returns nothing
        super()._after_join()
        self._set_first_tier()

    def _set_first_tier(self):
        """Give each of these members the lowest tier, or keep the one they came with, and begin the history."""
        rows, today = [], fields.Date.context_today(self)
        for company, members in self.grouped(lambda partner: partner._get_member_company()).items():
            steps, records = self.env["cosmetics.member.tier"]._get_ladder(company)
            lowest = records[tiers.ladder(steps)[0].id]
            rows += [(member, "join", lowest.browse(), member.member_tier_id or lowest, 0.0) for member in members]
        self._apply_tier_rows(rows, today)

    @api.model
    def _apply_tier_rows(self, rows, day):  # pylint: disable=missing-return; returns nothing
        """Write the tiers and their history.

        :param rows: list of (member, kind of cosmetics.member.tier.move, tier before, tier after, spend)
        :param day: date of the change
        """
        moves, by_vals = [], defaultdict(list)
        for member, kind, before, after, spend in rows:
            values = {"partner_id": member.id, "kind": kind, "from_tier_id": before.id, "to_tier_id": after.id, "day": day, "spend": spend}
            moves.append({**values, "user_id": self.env.uid if kind in ("manual", "merge") else False})
            by_vals[kind, after.id, member._get_member_company()].append(member.id)
        # sudo: nobody may write the history by hand, and a till clerk whose sale lifts a member may not write on members.
        self.env["cosmetics.member.tier.move"].sudo().create(moves)
        for (kind, tier, company), ids in by_vals.items():
            vals = self._prepare_tier_vals(kind, tier, company, day)
            super(ResPartner, self.sudo().browse(ids)).write(vals)  # pylint: disable=super-method-mismatch; our own write is for people

    @api.model
    def _prepare_tier_vals(self, kind, tier, company, day):
        """Return what a change of the given kind writes on the member; nobody reviews the lowest tier."""
        if kind == "notice":
            return {"member_tier_notice_on": day}
        review = day + relativedelta(months=company.member_tier_keep_months)
        if not self.env["cosmetics.member.tier"].browse(tier).upgrade_amount:
            review = False
        vals = {"member_tier_review_on": review, "member_tier_notice_on": False}
        return vals if kind == "keep" else {**vals, "member_tier_id": tier, "member_tier_since": day}

    # ------------------------------------------------------------------ rules
    def _update_member_tiers(self, is_refund=False):
        """Lift members at once who have bought enough; with ``is_refund`` take a fresh upgrade back that goods brought back had paid for.

        Glue calls this after a purchase or a refund counts. Two sales at once that lift the same member write the same row, so the
        later one starts over; two that reach the amount only together are found by the nightly run.
        """
        members = self.filtered("is_member")
        if not members:
            return
        # sudo: whoever sells at the till reads no purchases of other shops; only tiers come out of this.
        members = members.sudo()
        day = fields.Date.context_today(self)
        rows = members._decide_tiers(day, kinds=("upgrade",))
        if is_refund:
            rows += members.browse(set(members.ids) - {row[0].id for row in rows})._decide_refunds(day)
        self._apply_tier_rows(rows, day)

    def _decide_tiers(self, day, kinds=("upgrade", "keep", "notice", "downgrade")):
        """Return what happens to these members on a day, as rows of `_apply_tier_rows`."""
        spends, rows = self._get_member_spends(day), []
        at_review = self._get_review_spends(day) if "notice" in kinds else {}
        for company, members in self.grouped(lambda partner: partner._get_member_company()).items():
            steps, records = self.env["cosmetics.member.tier"]._get_ladder(company)
            for member in members.filtered("member_tier_id"):
                tier, spend = member.member_tier_id, spends.get(member.id, 0.0)
                days = member.member_tier_review_on, member.member_tier_notice_on
                standing = tiers.Standing(tier.id, *days, spend, at_review.get(member.id, 0.0))
                # A member may still have a tier that has been archived.
                ladder = [*steps, *(() if tier.id in records else (tier._as_step(),))]
                found = tiers.decide(day, standing, ladder, company.member_tier_notice_days)
                if found and found[0] in kinds:
                    rows.append((member, found[0], tier, tier.browse(found[1].id), spend))
        return rows

    def _get_review_spends(self, day):
        """Return {id of a member: what will count at the review if nothing more is bought}: purchases leave the window until then."""
        spends = {}
        for review, members in self.filtered("member_tier_review_on").grouped("member_tier_review_on").items():
            spends.update(members._get_member_spends(max(day, review)))
        return spends

    def _decide_refunds(self, day):
        """Return rows for members whose upgrade of the last days was paid for by goods that came back."""
        spends, rows = self._get_member_spends(day), []
        moves = self.env["cosmetics.member.tier.move"].search([("partner_id", "in", self.ids), ("kind", "!=", "notice")], order="id")
        last_moves = {move.partner_id: move for move in moves}
        for member in self.filtered("member_tier_id"):
            company = member._get_member_company()
            grace = timedelta(days=company.member_tier_refund_days)
            last = last_moves[member]
            spend = spends.get(member.id, 0.0)
            if last.kind != "upgrade" or last.day + grace < day or spend >= member.member_tier_id.upgrade_amount:
                continue
            steps, records = self.env["cosmetics.member.tier"]._get_ladder(company)
            earned = tiers.reached(spend, steps)
            # Never below the tier the upgrade started from: that one was reached before.
            back = max((earned, last.from_tier_id._as_step()), key=lambda step: step.upgrade_amount)
            rows.append((member, "refund", member.member_tier_id, last.from_tier_id.browse(back.id), spend))
        return rows

    def _review_member_tiers(self, day):
        """Lift, warn, keep and lower these members as of a day; return the number of changes."""
        rows = self._decide_tiers(day)
        self._apply_tier_rows(rows, day)
        return len(rows)

    @api.model
    def _get_tier_candidates(self, day):
        """Yield members, in chunks, who may rise or whose review is near: the others cannot change."""
        ids = self.env["cosmetics.member.figures"]._get_rising_member_ids()
        companies = self.env["res.company"].sudo()._read_group([], [], ["member_tier_notice_days:max"])  # the longest of all
        notice = companies[0][0] or 0
        near = self.search([("is_member", "=", True), ("member_tier_review_on", "<=", day + timedelta(days=notice))])
        ids = sorted({*ids, *near.ids})
        for start in range(0, len(ids), CHUNK):
            yield self.browse(ids[start : start + CHUNK])

    # ------------------------------------------------------------------ helpers
    def _write_tier_days(self, since, review):  # pylint: disable=missing-return; returns nothing
        """Put the days of a tier that was carried over from another record."""
        super().write({"member_tier_since": since, "member_tier_review_on": review})  # pylint: disable=super-method-mismatch

    def _get_member_company(self):
        """Return the company whose rules hold for a member."""
        self.ensure_one()
        return self.company_id or self.member_store_id.sudo().company_id or self.env.company  # a clerk may not see another shop's store

    def _get_member_spends(self, day):
        """Return {id of a member: spend in the months up to and with ``day``}, in the company's currency, tax included."""
        spends = {}
        for company, members in self.grouped(lambda partner: partner._get_member_company()).items():
            since = day - relativedelta(months=company.member_tier_window_months) + timedelta(days=1)
            spends.update(self.env["cosmetics.member.purchase"]._get_spends(members, since, day))
        return spends
