"""Orders with goods, a warehouse keeper's rights and couriers for the tests of tracking."""

from .common import SalesCommon


class TrackingCommon(SalesCommon):
    """Goods in stock; ``keeper`` holds the rights every warehouse role stands on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._create_user("test_keeper", "stock.group_stock_user")
        cls.biller = cls._create_user("test_track_biller", "account.group_account_invoice")
        cls.sf = cls.env.ref("cosmetics_sales.carrier_shunfeng")
        cls.yto = cls.env.ref("cosmetics_sales.carrier_yuantong")
        # A thing without batches: which batch leaves is the matter of the warehouse, not of the timeline.
        cls.goods = cls.env["product.product"].create({"name": "Make-up Mirror", "is_storable": True, "list_price": 30})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.env["stock.quant"]._update_available_quantity(cls.goods, cls.warehouse.lot_stock_id, 100)
        cls.customer.write({"phone": "13912345678", "street": "高新路1号", "city": "西安市"})

    @classmethod
    def _confirmed(cls, user=None, quantity=2):
        order = cls._create_order(cls.goods, quantity=quantity, user=user or cls.ecommerce_clerk)
        order.action_confirm()
        return order

    def _ship(self, order):
        picking = order.picking_ids.filtered(lambda each: each.state == "assigned")
        picking.move_ids.picked = True
        picking.with_user(self.keeper)._action_done()
        return picking

    def _kinds(self, order):
        return order.event_ids.sorted("id").mapped("kind")
