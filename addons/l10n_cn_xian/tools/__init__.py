from . import fapiao
