from . import address, divisions, fapiao, phone, retail_calendar, zones
