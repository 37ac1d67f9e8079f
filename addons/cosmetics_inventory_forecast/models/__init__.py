from . import cosmetics_demand_week
from . import cosmetics_replenishment
from . import cosmetics_replenishment_action
from . import cosmetics_replenishment_change
from . import cosmetics_replenishment_facts
from . import cosmetics_replenishment_run
from . import res_company
from . import res_config_settings
