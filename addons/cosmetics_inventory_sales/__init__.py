from . import models, reports, tools
from .hooks import post_init_hook
