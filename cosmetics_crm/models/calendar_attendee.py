"""Appointments are looked up by member."""

from odoo import models


class CalendarAttendee(models.Model):
    _inherit = "calendar.attendee"

    _partner_idx = models.Index("(partner_id)")
