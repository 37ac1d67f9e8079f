from . import cosmetics_points_value
from . import cosmetics_points_closing
from . import res_company
from . import res_config_settings
