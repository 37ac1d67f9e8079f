from . import (
    cosmetics_demand_week,
    cosmetics_replenishment,
    cosmetics_replenishment_action,
    cosmetics_replenishment_change,
    cosmetics_replenishment_facts,
    cosmetics_replenishment_run,
    res_company,
    res_config_settings,
)
