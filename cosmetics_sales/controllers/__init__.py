from . import order_api, tracking
