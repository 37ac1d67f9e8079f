from . import cosmetics_replenishment_adjust
