"""Two clerks give the money of one order line back at the same moment: one of them starts again, and is refused."""

import threading

import psycopg2
from odoo import SUPERUSER_ID, Command, api, sql_db
from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger


@tagged("post_install", "-at_install")
class TestAftersaleConcurrency(BaseCase):
    """Two real transactions on one order line; what they leave behind is removed."""

    def setUp(self):
        super().setUp()
        connection = sql_db.db_connect(get_db_name())
        self.cursors = [connection.cursor() for _transaction in range(3)]
        for cursor in self.cursors:
            self.addCleanup(cursor.close)
        self.envs = [api.Environment(cursor, SUPERUSER_ID, {}) for cursor in self.cursors]
        env = self.envs[2]
        self.partner = env["res.partner"].create({"name": "Test Concurrent Buyer"})
        self.channel = env["cosmetics.channel"].create({"name": "Test Concurrent", "code": "TCONC", "kind": "web"})
        self.product = env["product.product"].create({"name": "Test Concurrent Goods", "type": "consu", "taxes_id": [Command.clear()]})
        line = {"product_id": self.product.id, "product_uom_qty": 1, "price_unit": 80.0}
        self.order = env["sale.order"].create(
            {"partner_id": self.partner.id, "channel_id": self.channel.id, "order_line": [Command.create(line)]}
        )
        env.flush_all()
        # Straight to the state: deliveries are not the matter here, and would have to be removed again.
        env.cr.execute(SQL("UPDATE sale_order SET state = 'sale', channel_id = %s WHERE id = %s", self.channel.id, self.order.id))
        env.cr.execute(SQL("UPDATE sale_order_line SET state = 'sale' WHERE id = %s", self.order.order_line.id))
        self.line_id = self.order.order_line.id
        env.cr.commit()  # two real transactions must find the order; it is removed at the end
        self.addCleanup(self._remove)

    def _remove(self):
        for cursor in self.cursors:
            cursor.rollback()
        cr = self.cursors[2]
        cr.execute(SQL("DELETE FROM cosmetics_aftersale WHERE order_id = %s", self.order.id))
        cr.execute(SQL("DELETE FROM sale_order WHERE id = %s", self.order.id))
        cr.execute(SQL("DELETE FROM mail_message WHERE model = 'sale.order' AND res_id = %s", self.order.id))
        self.envs[2].invalidate_all()
        (self.product.product_tmpl_id).unlink()
        self.channel.unlink()
        self.partner.unlink()
        # Each clerk has a transaction of an own, so what they left is removed by one that is kept.
        cr.commit()  # pylint: disable=invalid-commit

    def _refund_all(self, index):
        """Open an after-sale that gives the whole price back, in one of the transactions."""
        env = self.envs[index]
        aftersale = env["cosmetics.aftersale"].create(
            {
                "order_id": self.order.id,
                "kind": "refund",
                "reason_id": env.ref("cosmetics_sales.aftersale_reason_mind").id,
                "line_ids": [Command.create({"order_line_id": self.line_id, "quantity": 1, "amount": 80.0})],
            }
        )
        env.flush_all()
        return aftersale

    def test_the_second_clerk_starts_again_and_is_refused(self):
        for env in self.envs[:2]:
            self.assertFalse(env["sale.order.line"].browse(self.line_id).aftersale_line_ids)  # each has its snapshot now
        self._refund_all(0)
        failures = []

        def wait_and_fail():
            try:
                self._refund_all(1)
            except psycopg2.errors.SerializationFailure as error:  # what Odoo's retry looks for
                failures.append(error)

        with mute_logger("odoo.sql_db"):
            waiting = threading.Thread(target=wait_and_fail)
            waiting.start()
            waiting.join(2)
            self.assertTrue(waiting.is_alive(), "the second transaction waits for the lock")
            self.cursors[0].commit()
            waiting.join(20)
        self.assertEqual(len(failures), 1)
        self.cursors[1].rollback()
        self.envs[1].invalidate_all()
        with self.assertRaisesRegex(ValidationError, "160.00 would be given back"):
            self._refund_all(1)
