"""The same customer joins at four places at once: one member, and a sentence for the others.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

from functools import partial

import pytest
from processes import call, run_together, transaction

PLACES = 4
ROUNDS = 5


@pytest.fixture
def advisers(database):
    """Four advisers of one shop, and numbers nobody has yet."""
    with transaction(database) as env:
        count = env["cosmetics.store"].with_context(active_test=False).search_count([])
        store = env["cosmetics.store"].create({"name": f"Load {count}", "code": f"LOAD{count}"})
        group = env.ref("cosmetics_crm.group_member_adviser")
        users = env["res.users"].create(
            [
                {
                    "name": f"Adviser {count}.{n}", "login": f"load_adviser_{count}_{n}",
                    "group_ids": [(6, 0, group.ids)], "store_ids": [(6, 0, store.ids)],
                }
                for n in range(PLACES)
            ]
        )  # fmt: skip
        purpose = env.ref("cosmetics_crm.cosmetics_consent_purpose_membership").id
        first = 13600000000 + 1000 * count
        return users.ids, purpose, [str(first + number) for number in range(ROUNDS)]


def join_all(database, uid, purpose, phones, start):
    """Join every number through the wizard of the shop; return what the adviser was told."""
    start.wait()
    told = []
    for phone in phones:
        vals = {"phone": phone, "name": "李晓梅", "purpose_ids": [(6, 0, [purpose])]}
        wizard, problem = call(database, uid, "cosmetics.member.join", "create", vals)
        if problem is None:
            _action, problem = call(database, uid, "cosmetics.member.join", "action_join", [wizard])
        told.append(problem)
    return told


def test_one_number_joined_at_four_places_at_once_is_one_member(database, advisers):
    users, purpose, phones = advisers
    told = run_together([partial(join_all, database, uid, purpose, phones) for uid in users])
    with transaction(database) as env:
        for number, phone in enumerate(phones):
            members = env["res.partner"].search([("member_phone", "=", f"+86{phone}")])
            assert len(members) == 1, phone
            assert len(members.consent_ids) == 1
            assert members.member_tier_move_ids.mapped("kind") == ["join"]
            refused = [answers[number] for answers in told if answers[number]]
            assert len(refused) == PLACES - 1, refused
            assert all("number" in sentence or "号码" in sentence for sentence in refused), refused


def test_one_buyer_joined_at_four_places_at_once_stays_one_record(database, advisers):
    users, purpose, phones = advisers
    with transaction(database) as env:
        buyers = env["res.partner"].create([{"name": "李晓梅", "phone": phone} for phone in phones])
        buyers = {buyer.phone: buyer.id for buyer in buyers}
    told = run_together([partial(join_all, database, uid, purpose, phones) for uid in users])
    with transaction(database) as env:
        members = env["res.partner"].search([("id", "in", list(buyers.values())), ("is_member", "=", True)])
        assert len(members) == len(phones)
        assert env["res.partner"].search_count([("phone", "in", list(buyers))]) == len(phones)
        assert all(len(member.member_tier_move_ids) == 1 for member in members)
    assert sum(answer is None for answers in told for answer in answers) == len(phones)
