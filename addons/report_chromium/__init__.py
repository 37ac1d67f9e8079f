from . import models
from .hooks import refresh_report_styles
