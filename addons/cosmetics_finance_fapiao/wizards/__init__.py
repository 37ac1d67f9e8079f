from . import cosmetics_vat_taxpayer
