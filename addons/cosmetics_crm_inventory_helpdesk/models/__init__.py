from . import cosmetics_adverse_reaction, helpdesk_ticket, helpdesk_ticket_reaction
