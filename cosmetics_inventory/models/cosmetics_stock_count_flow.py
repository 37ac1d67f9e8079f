"""The way of a count: start, count, review, recount, approve, post, or cancel."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .cosmetics_stock_count import CLOSED, COUNTING, MANAGER

# Who approves differences of any value; a store manager approves up to the limit of the company.
UNLIMITED = ("cosmetics_inventory.group_warehouse_manager", "cosmetics_inventory.group_quality_manager")
APPROVERS_TOLD = 5


class CosmeticsStockCount(models.Model):
    _inherit = "cosmetics.stock.count"

    def action_start(self):
        """Freeze the book quantities and let people count."""
        self._check_manager()
        self._lock_rows()
        for count in self:
            if count.state != "draft":
                raise UserError(self.env._("%s has started already.", count.name))
            # sudo: the books are frozen as they are, whatever of them the role may read; the count is the user's, checked above
            lines = self.env["cosmetics.stock.count.line"].sudo()
            vals_list = count.sudo()._prepare_line_vals_list()
            if not vals_list:
                raise UserError(self.env._("%s: nothing lies there that fits. Choose other locations or products.", count.name))
            count._check_not_counted_elsewhere(vals_list)
            lines.create(vals_list)
            count.sudo().write({"state": "counting", "round": 1, "started_by_id": self.env.uid, "started_at": fields.Datetime.now()})

    def action_review(self):
        """End the counting of this round: from now on figures are compared, and none is taken any more."""
        self._check_counter()
        self._lock_rows()
        for count in self.sudo():  # sudo: whoever counted may say that it is done; nobody types the figures
            if count.state not in COUNTING:
                raise UserError(self.env._("%s is not being counted.", count.name))
            count.write({"state": "review"})
            count._settle()
            missing = count._get_uncounted_lines()
            if missing:
                raise UserError(
                    self.env._(
                        "%(goods)s in %(location)s is not counted yet (%(number)s lines to go). Count it; where nothing lies, enter 0.",
                        goods=missing[0]._get_goods_name(),
                        location=missing[0].location_id.display_name,
                        number=len(missing),
                    )
                )
            count._tell(count.started_by_id, self.env._("Review the differences of %s", count.name))

    def action_count_rest_as_zero(self):
        """Say that nothing lies there of what is not counted yet: one figure of 0 a line, by whoever presses the button."""
        self._check_manager()
        for count in self:
            count._hold_open()
            lines = count.sudo()._get_uncounted_lines()
            count._create_entries([{"line": line, "quantity": 0.0, "way": "typed"} for line in lines])

    def action_recount(self):
        """Let somebody else count again what is above the tolerance, and what the reviewer ticked."""
        self._check_manager()
        self._lock_rows()
        for count in self.sudo():  # sudo: nobody types rounds and states; the right is checked above
            count._check_state("review")
            count._settle()
            lines = count.line_ids.filtered(lambda line: line.is_recount_needed or line.is_recount_chosen)
            if not lines:
                raise UserError(self.env._("No line of %s is above the tolerance. Tick the lines to be counted again.", count.name))
            number = count.round + 1
            lines.write({"round": number, "is_recount_chosen": False, "is_counted": False})
            count.write({"state": "recount", "round": number})

    def action_submit(self):
        """Hand the differences in for approval; without any difference the count is finished at once."""
        self._check_manager()
        self._lock_rows()
        for count in self.sudo():  # sudo: as above
            count._check_state("review")
            if count._settle():
                return count._get_changed_notice()
            count._check_recounted()
            count.line_ids._check_reasons()
            count.write({"state": "approval", "submitted_by_id": self.env.uid})
            count.activity_unlink(["mail.mail_activity_data_todo"])
            if count.difference_count:
                count._tell(count._get_approvers(), self.env._("Approve the differences of %s", count.name))
            else:
                count._post()
        return None

    def action_approve(self):
        """A second person says that the differences are right: they are posted."""
        self._check_manager()
        self._lock_rows()
        for count in self:
            count.sudo()._check_state("approval")
            count._check_may_approve()
            # sudo: posting writes stock and makes batches, for which a store manager has no right of his own; the approval is it
            own = count.sudo()
            if own._settle():
                own.write({"state": "review", "submitted_by_id": False})
                return own._get_changed_notice()
            own.write({"approved_by_id": self.env.uid})
            own._post()
            own.activity_unlink(["mail.mail_activity_data_todo"])
        return None

    def action_reopen(self):
        """Send a count back to whoever reviews it, e.g. to have lines counted again."""
        self._check_manager()
        self._lock_rows()
        for count in self.sudo():  # sudo: nobody types states; the right is checked above
            count._check_state("approval")
            count.activity_unlink(["mail.mail_activity_data_todo"])
            count.write({"state": "review", "submitted_by_id": False})

    def action_cancel(self):
        """Close a count without posting anything; what was counted stays on record."""
        self._check_manager()
        self._lock_rows()
        for count in self.sudo():  # sudo: as above
            if count.state in CLOSED:
                raise UserError(self.env._("%s is closed already.", count.name))
            if not (count.cancel_reason or "").strip():
                raise UserError(self.env._("Say in “Reason for Cancelling” why %s is cancelled, then press the button again.", count.name))
            count.line_ids.write({"is_open": False})
            count.activity_unlink(["mail.mail_activity_data_todo"])
            count.write({"state": "cancelled"})

    # ------------------------------------------------------------------ who may
    def _check_manager(self):
        """Refuse whoever may not lead this count."""
        self.check_access("write")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a stock count manager may do this."))

    def _check_counter(self):
        """Refuse whoever may not count here."""
        self.check_access("read")
        if not self.env.user.has_group("cosmetics_inventory.group_stock_counter"):
            raise AccessError(self.env._("Only people who count stock may do this."))

    def _check_may_approve(self):
        """Refuse to approve what the user started, counted or submitted, or what is worth more than the user may decide."""
        self.ensure_one()
        if self.env.user in self._get_involved_users() or (self.create_uid == self.env.user and self.env.uid != SUPERUSER_ID):
            raise AccessError(self.env._("Whoever started, counted or submitted %s cannot approve it. Ask somebody else.", self.name))
        limit = self.company_id.count_approval_limit
        if self.gross_value > limit and not self._is_unlimited(self.env.user):
            raise AccessError(
                self.env._(
                    "The differences of %(count)s add up to %(value)s; you approve up to %(limit)s. Ask a warehouse or quality manager.",
                    count=self.name,
                    value=self.currency_id.format(self.gross_value),
                    limit=self.currency_id.format(limit),
                )
            )

    @api.model
    def _is_unlimited(self, user):
        return any(user.has_group(group) for group in UNLIMITED)

    def _get_approvers(self):
        """Return a few people who may approve this count: the store's manager first where the value allows it."""
        self.ensure_one()
        groups = self.env["res.groups"].union(*(self.env.ref(group) for group in (MANAGER, *UNLIMITED)))
        domain = Domain([("all_group_ids", "in", groups.ids), ("share", "=", False), ("company_ids", "in", self.company_id.ids)])
        involved = self._get_involved_users() | self.create_uid
        users = self.env["res.users"].search(domain, order="id").filtered(lambda user: user not in involved)
        users = users.filtered(lambda user: self._is_unlimited(user) or self.gross_value <= self.company_id.count_approval_limit)
        users = users.filtered(lambda user: self.with_user(user).has_access("write"))
        return users.sorted(lambda user: (user != self.store_id.manager_id, user.id))[:APPROVERS_TOLD]

    def _tell(self, users, summary):
        """Schedule one activity for each of these users who is a person."""
        for user in users.filtered(lambda user: user.active and user.id != SUPERUSER_ID):
            self.activity_schedule("mail.mail_activity_data_todo", user_id=user.id, summary=summary)

    # ------------------------------------------------------------------ what holds
    def _lock_rows(self):
        """Let one step at a time happen to a count, and wait for figures that are just being received."""
        self.flush_recordset()
        self.env.cr.execute(SQL("SELECT id FROM cosmetics_stock_count WHERE id IN %s ORDER BY id FOR UPDATE", tuple(self.ids)))
        self.invalidate_recordset(["state", "round"])

    def _check_state(self, state):
        if self.state != state:
            names = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._("%(count)s is “%(state)s”. Load the page again.", count=self.name, state=names[self.state]),
            )

    def _check_not_counted_elsewhere(self, vals_list):
        """Name the other count when goods are being counted already: one difference would be posted twice."""
        lines = self.env["cosmetics.stock.count.line"].sudo()  # sudo: counts of other shops' people count as well
        names = ("product_id", "lot_id", "location_id", "package_id", "owner_id")
        wanted = {(*(vals[name] for name in names), (vals.get("lot_name") or "").lower()) for vals in vals_list}
        domain = [("is_open", "=", True), ("location_id", "in", list({vals["location_id"] for vals in vals_list}))]
        for line in lines.search(domain):
            if (*(line[name].id for name in names), (line.lot_name or "").lower()) in wanted:
                raise UserError(
                    self.env._(
                        "%(goods)s in %(location)s is being counted in %(count)s already. Finish or cancel that one first.",
                        goods=line._get_goods_name(),
                        location=line.location_id.display_name,
                        count=line.count_id.name,
                    )
                )

    def _check_recounted(self):
        """Refuse to hand in a difference above the tolerance that one person alone has counted."""
        if lines := self.line_ids.filtered("is_recount_needed"):
            raise ValidationError(
                self.env._(
                    "%(goods)s: the difference is above the tolerance (%(number)s lines). Press “Recount”: somebody else counts again.",
                    goods=lines[0]._get_goods_name(),
                    number=len(lines),
                )
            )

    def _get_uncounted_lines(self):
        """Return the lines of this round that nobody has counted."""
        entered = self.line_ids._read_entries()
        return self.line_ids.filtered(lambda line: line.round == self.round and line.id not in entered)

    def _settle(self):
        """Write the figures of all lines and their sums; return the lines that changed.

        A figure that was received in the same moment in which counting ended may be missing in the first settlement: the
        transaction could not see it. Every later step settles again, so it is never lost.
        """
        self.ensure_one()
        changed = self.line_ids._settle()
        lines = self.line_ids.filtered("difference_quantity")
        self.write(
            {
                "difference_count": len(lines),
                "difference_value": sum(lines.mapped("difference_value")),
                "gross_value": sum(abs(value) for value in lines.mapped("difference_value")),
            }
        )
        return changed

    def _get_changed_notice(self):
        """Return the notice that a late figure has come in; nothing else has happened."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._("A late figure of %s has come in. Look at the differences again.", self.name),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
