"""What requests and orders share: who must approve them, and that an approval holds only for what was approved."""

import hashlib

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.addons.cosmetics_base.tools import approval_tier
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

# Whose holders approve for every shop.
EVERYWHERE = ("cosmetics_base.group_all_stores", "purchase.group_purchase_manager")
# Written by the approval alone: over RPC they would be an approval without an approver.
MACHINE_FIELDS = frozenset({"approval_author_ids", "review_ids", "validation_status"})


class CosmeticsPurchaseApproval(models.AbstractModel):
    _name = "cosmetics.purchase.approval"
    _description = "Purchase Document with Approvals"
    # The forms have buttons of their own, which also work on a phone.
    _tier_validation_manual_config = True

    # Fields of the document an approver has seen; those of its lines are named by the line.
    _approved_fields = frozenset()
    # Those of them that must not change once the document counts as approved.
    _standing_fields = frozenset()
    _states_open = ()
    _states_approved = ()

    approval_author_ids = fields.Many2many(
        "res.users",
        string="Changed by",
        readonly=True,
        copy=False,
        help="Who changed what is approved here: they cannot approve it.",
    )
    approval_note = fields.Char(string="Why It Waits", compute="_compute_approval_note", help="The approvals that are still missing.")
    can_approve = fields.Boolean(compute="_compute_can_approve", help="An approval of this document waits for you.")

    @api.depends(lambda self: self._get_approval_depends())
    @api.depends_context("lang")
    def _compute_approval_note(self):
        opened = self.filtered(lambda document: document.id and document.state in document._states_open)
        (self - opened).approval_note = False
        missing = opened._get_missing_nodes()
        for document in opened:
            names = format_list(self.env, missing[document].mapped("name"))
            document.approval_note = self.env._("Needs an approval: %(nodes)s.", nodes=names) if names else False

    @api.depends("state", "review_ids.status")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for document in self:
            document.can_approve = document.state in document._states_open and bool(document._get_my_approvals())

    def _compute_need_validation(self):
        """Answer for the approval tiers: whether nobody has been asked yet."""
        for document in self:
            document.need_validation = bool(document.approval_note) and not document.review_ids

    # ------------------------------------------------------------------ gates
    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | MACHINE_FIELDS

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create([{name: value for name, value in vals.items() if name not in MACHINE_FIELDS} for vals in vals_list])
        documents.filtered(lambda document: document.state in document._states_approved)._check_approved()
        return documents

    def write(self, vals):
        if MACHINE_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(self.env._("Approvals are written by those who give them. Press Request Approval on the document."))
        changes = bool(self._approved_fields & vals.keys())
        standing = self._get_standing() if self._standing_fields & vals.keys() else {}
        entering = self.browse()
        if vals.get("state") in self._states_approved:
            entering = self.filtered(lambda document: document.state not in document._states_approved)
        res = super().write(vals)
        if changes:
            self._after_approval_change()
            self._check_standing(standing)
        # After the write: what came in the same call counts.
        entering._check_approved()
        return res

    def unlink(self):
        self.check_access("unlink")
        # sudo: approvals are nobody's to delete, but they go with their document
        self.sudo().review_ids.unlink()
        return super().unlink()

    def _tier_validation_check_state_on_write(self, vals):
        """The gate stands behind the write; see :meth:`write`."""

    def _tier_validation_check_write_allowed(self, vals):
        """What waits for an approval stays writable: whoever changes it withdraws the approval."""

    def _tier_validation_check_write_remove_reviews(self, vals):
        """Cancelled, or a draft again: the approvals are history."""
        return super(CosmeticsPurchaseApproval, self.sudo())._tier_validation_check_write_remove_reviews(vals)

    def _check_approved(self):
        """Raise unless every approval that these documents need is given, for what they are now."""
        for document, nodes in self._get_missing_nodes().items():
            if nodes:
                raise UserError(
                    self.env._(
                        "%(document)s needs an approval: %(nodes)s. Press Request Approval and wait for the answer.",
                        document=document.name,
                        nodes=format_list(self.env, nodes.mapped("name")),
                    )
                )

    def _get_standing(self):
        """Return {document: fingerprint} of those that count as approved."""
        return {document: document.sudo()._get_approval_fingerprint() for document in self if document.state in document._states_approved}

    def _check_standing(self, standing):
        """Raise when documents that count as approved are now such that somebody has to approve them."""
        changed = self.browse(
            document.id
            for document, fingerprint in standing.items()
            if document.state in document._states_approved and fingerprint != document.sudo()._get_approval_fingerprint()
        )
        changed._check_still_approved()

    def _check_still_approved(self):
        for document, nodes in self._get_missing_nodes().items():
            if nodes:
                raise UserError(
                    self.env._(
                        "%(document)s is approved, and this change needs a new approval (%(nodes)s). Set it back to draft, change it there "
                        "and have it approved, or enter the rest as another document.",
                        document=document.name,
                        nodes=format_list(self.env, nodes.mapped("name")),
                    )
                )

    # ------------------------------------------------------------------ actions
    def action_approval_request(self):
        """Ask those who must approve these documents; one that needs nobody is approved at once."""
        self.check_access("write")
        opened = self.filtered(lambda document: document.state in document._states_open)
        opened._before_approval_request()
        # sudo: approvals are made by the system alone
        opened.sudo()._request_approvals(self.env.user)
        opened._after_approval("requested")
        return True

    def action_approval_give(self):
        """Approve what waits for the user on these documents."""
        return self._answer_approvals("approved")

    def action_approval_refuse(self):
        """Refuse what waits for the user on these documents."""
        return self._answer_approvals("rejected")

    def _answer_approvals(self, status):
        # Who is asked answers, and need not be able to write the document.
        self.check_access("read")
        for document in self:
            tiers = document._get_my_approvals() if document.state in document._states_open else document.review_ids.browse()
            if not tiers:
                raise UserError(
                    self.env._("%(document)s: no approval waits for you. Nobody approves an own purchase.", document=document.name)
                )
            document._check_approval_current()
            tiers.write({"status": status, "done_by": self.env.uid, "reviewed_date": fields.Datetime.now()})
            document.review_ids._update_review_status()
        self._after_approval(status)
        return True

    # ------------------------------------------------------------------ flow of the approval tiers
    def _validate_tier(self, tiers=False):
        self._check_approval_current()
        res = super()._validate_tier(tiers)
        self._after_approval("approved")
        return res

    def _rejected_tier(self, tiers=False):
        res = super()._rejected_tier(tiers)
        self._after_approval("rejected")
        return res

    def request_validation(self):
        """The button of the approval tiers."""
        self.action_approval_request()
        return self.review_ids

    def restart_validation(self):
        """The button of the approval tiers: what was answered is asked anew."""
        self.check_access("write")
        for document in self.filtered(lambda document: document.state in document._states_open):
            document.sudo()._withdraw_approvals()
        self.action_approval_request()

    # ------------------------------------------------------------------ hooks
    @api.model
    def _get_approval_depends(self):
        """Return the fields on which the missing approvals depend."""
        return ["state", "review_ids.status", *sorted(self._approved_fields)]

    def _get_approval_facts(self):
        """Return {document: :class:`tools.approval.Facts`}."""
        raise NotImplementedError  # each document has its own; forgetting it must not mean that nobody approves

    def _get_approval_content(self):
        """Return everything an approver sees of this document, as a value whose ``repr`` changes with it."""
        raise NotImplementedError  # each document has its own; forgetting it must not mean that nobody approves

    def _get_approval_warehouse(self):
        """Return the warehouse that the goods of this document are for."""
        self.ensure_one()
        return self.picking_type_id.warehouse_id

    def _get_approval_authors(self):
        """Return the users who cannot approve this document: who entered it, changed it or asked for the approval."""
        self.ensure_one()
        return self.create_uid | self.approval_author_ids | self.review_ids.requested_by

    def _before_approval_request(self):
        """Check, or complete, documents before their approval is asked for."""

    def _after_approval(self, status):
        """Approvals of these documents were requested, approved or rejected."""
        documents = self.sudo()
        documents.invalidate_recordset(["review_ids", "approval_note"])
        for document in documents if status == "rejected" else ():
            document.message_post(
                body=self.env._("The purchase was refused by %(user)s.", user=self.env.user.name),
                author_id=self.env.user.partner_id.id,
                partner_ids=(document._get_approval_authors().partner_id - self.env.user.partner_id).ids,
            )

    # ------------------------------------------------------------------ helpers
    def _get_approval_fingerprint(self):
        """Return a text that changes with everything an approver has seen."""
        self.ensure_one()
        return hashlib.sha256(repr(self._get_approval_content()).encode()).hexdigest()

    def _get_approval_nodes(self):
        """Return {document: nodes (tier.definition) that it has to pass}, in the order in which they are asked."""
        # sudo: nodes bind whoever buys; amounts are judged for the clerk, never shown
        nodes = self.env["tier.definition"].sudo().search([("model", "=", self._name)], order="sequence, id")
        facts = self.sudo()._get_approval_facts() if nodes else {}
        found = dict.fromkeys(self, nodes.browse())
        for node in nodes:
            for document in node._filter_purchases(facts):
                found[self.browse(document.id)] |= node
        return found

    def _get_missing_nodes(self):
        """Return {document: nodes nobody has approved for what the document is now}."""
        if not self:
            return {}
        return {document: nodes - document._get_given_nodes() for document, nodes in self._get_approval_nodes().items()}

    def _get_given_nodes(self):
        """Return the nodes that approved this document as it stands."""
        self.ensure_one()
        document = self.sudo()
        approved = document.review_ids.filtered(lambda tier: tier.status == "approved")
        fingerprint = document._get_approval_fingerprint() if approved else None
        return approved.filtered(lambda tier: tier.purchase_fingerprint == fingerprint).definition_id

    def _get_my_approvals(self):
        """Return the approvals of this document that wait for the user, those of the first open step only."""
        self.ensure_one()
        return approval_tier.waiting_for(self.env.user, self.review_ids)

    def _filter_approvers(self, users, everywhere=False):
        """Return those of ``users`` who may approve this document: no hand in it, and at work in its shop, unless ``everywhere``."""
        self.ensure_one()
        stores = self._get_approval_warehouse().store_ids
        allowed = users - self._get_approval_authors()
        if everywhere or not stores:
            return allowed
        return allowed.filtered(lambda user: user in stores.user_ids or any(map(user.has_group, EVERYWHERE)))

    def _check_approval_current(self):
        for document in self:
            fingerprint = document.sudo()._get_approval_fingerprint()
            if any(tier.status in approval_tier.OPEN and tier.purchase_fingerprint != fingerprint for tier in document.sudo().review_ids):
                raise UserError(
                    self.env._("%(document)s has changed since it was put before you. Ask for its approval again.", document=document.name)
                )

    def _request_approvals(self, requester):
        """Drop requests for an earlier state of these documents, and ask for those that are missing."""
        nodes = self._get_approval_nodes()
        stale, new = self.review_ids.browse(), []
        for document in self:
            fingerprint = document._get_approval_fingerprint()
            kept = document.review_ids.filtered(
                lambda tier, document=document, fingerprint=fingerprint: (
                    tier.definition_id in nodes[document] and tier.purchase_fingerprint == fingerprint and tier.status != "rejected"
                )
            )
            stale |= document.review_ids - kept
            for sequence, node in enumerate(nodes[document], 1):
                if node not in kept.definition_id:
                    vals = document._prepare_tier_review_vals(node, sequence)
                    new.append({**vals, "requested_by": requester.id, "purchase_fingerprint": fingerprint})
        stale.unlink()
        created = self.env["tier.review"].create(new)
        created._update_review_status()
        for document in self.browse(set(created.mapped("res_id"))):
            document._notify_review_requested(created.filtered(lambda tier, document=document: tier.res_id == document.id))

    def _after_approval_change(self):
        """Documents changed: whoever changed them cannot approve them, and what was approved is so no longer."""
        for document in self.filtered(lambda document: document.state in document._states_open).sudo():
            user = self.env.user
            if user.id != SUPERUSER_ID and user not in document.create_uid | document.approval_author_ids:
                document.write({"approval_author_ids": [Command.link(user.id)]})
            if document.review_ids:
                fingerprint = document._get_approval_fingerprint()
                if any(tier.purchase_fingerprint != fingerprint for tier in document.review_ids):
                    document._withdraw_approvals()

    def _withdraw_approvals(self):
        """Take back what was asked and answered; the log says so when there was an answer."""
        self.ensure_one()
        answered = self.review_ids.filtered(lambda tier: tier.status in ("approved", "rejected"))
        self.review_ids.unlink()
        if answered:
            self.message_post(body=self.env._("The purchase has changed: its approval no longer holds. Ask for it again."))
