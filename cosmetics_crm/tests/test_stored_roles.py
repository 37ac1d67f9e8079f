"""Who may do what with stored value: every role, every model."""

from odoo.tests import tagged

from .common_stored import StoredCommon

READ, ALL = {"read"}, {"read", "write", "create", "unlink"}
STRANGER, ADVISER, MANAGER, APPROVER, BOOKS = "stranger", "adviser", "manager", "approver", "books"
# model: {role: what it may do}; who is not named may do nothing.
RIGHTS = {
    "cosmetics.stored.move": {ADVISER: READ, MANAGER: READ, APPROVER: READ, BOOKS: READ},
    "cosmetics.stored.batch": {ADVISER: READ, MANAGER: READ, APPROVER: READ, BOOKS: READ},
    "cosmetics.stored.refund": {ADVISER: ALL, MANAGER: ALL, APPROVER: ALL, BOOKS: READ},
    "cosmetics.stored.offer": {ADVISER: READ, MANAGER: ALL, APPROVER: ALL},
    "cosmetics.stored.difference": {MANAGER: READ, APPROVER: READ, BOOKS: READ},
    "loyalty.card": {ADVISER: READ, MANAGER: ALL - {"unlink"}, APPROVER: ALL - {"unlink"}, BOOKS: READ},
    "loyalty.program": {ADVISER: READ, MANAGER: ALL, APPROVER: ALL, BOOKS: READ},
}
SCREENS = {
    "cosmetics_crm.cosmetics_stored_card_action": (ADVISER, MANAGER, APPROVER, BOOKS),
    "cosmetics_crm.cosmetics_stored_move_action": (ADVISER, MANAGER, APPROVER, BOOKS),
    "cosmetics_crm.cosmetics_stored_batch_action": (ADVISER, MANAGER, APPROVER, BOOKS),
    "cosmetics_crm.cosmetics_stored_refund_action": (ADVISER, MANAGER, APPROVER, BOOKS),
    "cosmetics_crm.cosmetics_stored_difference_action": (MANAGER, APPROVER, BOOKS),
}


@tagged("post_install", "-at_install")
class TestStoredRoles(StoredCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            STRANGER: cls._create_user("test_roles_stranger", "base.group_user"),
            ADVISER: cls.adviser,
            MANAGER: cls.manager,
            APPROVER: cls.approver,
            BOOKS: cls._create_user("test_roles_books", "account.group_account_readonly"),
        }

    def test_each_role_may_do_what_it_needs_and_nothing_else(self):
        for model, rights in RIGHTS.items():
            for role, user in self.roles.items():
                records = self.env[model].with_user(user)
                found = {operation for operation in ALL if records.has_access(operation)}
                with self.subTest(model=model, role=role):
                    self.assertEqual(found, rights.get(role, set()))

    def test_each_screen_opens_for_its_roles_with_records_in_it(self):
        card = self._create_stored_card()
        self._move(card, "top_up", 1000, "a")
        self.env["cosmetics.stored.refund"].with_user(self.adviser).create({"card_id": card.id, "reason": "operator"})
        self.env.flush_all()
        for action_id, roles in SCREENS.items():
            action = self.env.ref(action_id)
            for role in roles:
                self.env.invalidate_all()
                records = self.env[action.res_model].with_user(self.roles[role])
                views = records.get_views([(view_id, kind) for view_id, kind in action.views if kind != "search"])
                names = [name for name in views["models"][action.res_model]["fields"] if name in records._fields]
                with self.subTest(screen=action_id, role=role):
                    records.search([], limit=5).read(names)

    def test_advisers_see_stored_value_of_own_members_only(self):
        own, other = self._create_stored_card(), self._create_stored_card(self._create_holder("Other", member_store_id=self.other_store.id))
        cards = self.env["loyalty.card"].with_user(self.adviser).search([("id", "in", (own | other).ids)])
        self.assertEqual(cards, own)
        self.assertEqual(self.env["loyalty.card"].with_user(self.manager).search([("id", "in", (own | other).ids)]), own | other)

    def test_own_members_of_an_adviser_count_in_any_store(self):
        member = self._create_holder("Looked After", member_store_id=self.other_store.id, adviser_id=self.adviser.id)
        card = self._create_stored_card(member)
        self._move(card, "top_up", 10, "a")
        card.with_user(self.adviser).action_report_lost()
        self.assertEqual(card.stored_state, "lost")

    def test_approver_works_as_member_manager_too(self):
        self.assertTrue(self.approver.has_group("cosmetics_crm.group_member_manager"))
        self.assertFalse(self.manager.has_group("cosmetics_crm.group_stored_approver"))

    def test_menus_show_to_who_may_use_them(self):
        leaves = ["card", "batch", "move", "refund"]
        for role, count in ((STRANGER, 0), (ADVISER, 4), (BOOKS, 4), (APPROVER, 4)):
            shown = self.env["ir.ui.menu"].with_user(self.roles[role])._visible_menu_ids()
            seen = [name for name in leaves if self.env.ref(f"cosmetics_crm.cosmetics_stored_{name}_menu").id in shown]
            with self.subTest(role=role):
                self.assertEqual(len(seen), count)
