from . import cosmetics_owed_closing
from . import cosmetics_points_value
from . import cosmetics_points_closing
from . import cosmetics_stored_closing
from . import product_template
from . import res_company
from . import res_config_settings
