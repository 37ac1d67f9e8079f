from . import barcode, label, registration
