"""What approvals of every document share: whose turn it is, and what a person may write on a tier (`tier.review` of OCA).

Functions, no model: the apps that have approvals depend on the tiers, the shared module does not.
"""

OPEN = ("waiting", "pending")
STATUSES = (None, *OPEN, "approved", "rejected", "cancel")
# What the approval tiers write in the name of a user.
ANSWER_FIELDS = frozenset({"status", "done_by", "reviewed_date", "comment", "last_reminder_date"})


def waiting_for(user, tiers):
    """Return those of the tiers of one document that wait for the user: of the first open step, or to be answered before their turn."""
    opened = tiers.filtered(lambda tier: tier.status in OPEN)
    # The stored answer of the tiers (can_review) may be that of a moment ago.
    first = min(opened.mapped("sequence"), default=0)
    due = opened.filtered(lambda tier: not tier.approve_sequence or tier.approve_sequence_bypass or tier.sequence == first)
    # sudo: who is asked does not depend on who looks
    return due.filtered(lambda tier: user in tier.sudo()._get_reviewers())


def refusal_of(tiers, vals):
    """Return why the user of these tiers may not write `vals` on them, as a code; None when they may.

    Only who is asked may answer, in the own name, and once: "rewritten" (not an answer), "name", "answered", "foreign".
    """
    user = tiers.env.user
    status = vals.get("status")
    if vals.keys() - ANSWER_FIELDS or status not in STATUSES:
        return "rewritten"
    if vals.get("done_by", user.id) != user.id:
        return "name"
    if any(tier.status not in OPEN for tier in tiers):
        return "answered"
    # sudo: who is asked does not depend on who writes
    if status != "pending" and any(user not in tier.sudo()._get_reviewers() for tier in tiers):
        return "foreign"
    return None


def group_members(tier):
    """Return the people of the group a tier asks, those who belong to it by way of another group too."""
    # sudo: groups and their members are read for whoever asks
    return tier.sudo().reviewer_group_id.all_user_ids.filtered(lambda user: user.active and not user.share)
