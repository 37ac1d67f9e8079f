"""The examples in the plain Python files hold."""

import doctest

from odoo.tests import TransactionCase, tagged

from ..tools import ticket_batches


@tagged("post_install", "-at_install")
class TestTicketBatches(TransactionCase):
    def test_examples_in_the_docstrings_hold(self):
        result = doctest.testmod(ticket_batches)
        self.assertGreater(result.attempted, 5)
        self.assertEqual(result.failed, 0)

    def test_reserved_pieces_go_last(self):
        shop = [ticket_batches.Batch(1, "A", 5, 0), ticket_batches.Batch(2, "B", 5, 5)]
        self.assertEqual(ticket_batches.choose([ticket_batches.Want(6)], shop)[0].parts, [(2, 5), (1, 1)])

    def test_two_lines_never_take_the_same_piece(self):
        shop = [ticket_batches.Batch(1, "A", 3, 3)]
        first, second = ticket_batches.choose([ticket_batches.Want(2), ticket_batches.Want(2)], shop)
        self.assertEqual(first.parts, [(1, 2)])
        self.assertEqual((second.parts, second.fault), ([], "short"))
