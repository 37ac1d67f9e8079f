from . import test_access
from . import test_cosmetics_demand_week
from . import test_cosmetics_replenishment
from . import test_cosmetics_replenishment_action
from . import test_demand_model
from . import test_order_quantity
from . import test_tools
