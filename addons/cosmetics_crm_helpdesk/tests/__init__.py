from . import (
    test_answer_text,
    test_helpdesk_ticket,
    test_service_answer,
    test_service_compensation,
    test_service_escalation,
    test_service_health,
    test_service_member,
    test_service_portal,
    test_service_purchase,
    test_service_sla,
)
