from . import cosmetics_lifecycle_wizard
