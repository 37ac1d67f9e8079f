from . import product_replenish
