"""When each rule falls due, worked out by hand on the wall calendars of 2024 to 2027.

Days off of those years: Tet 8-14/2/2024, 27-31/1/2025, 16-20/2/2026, 4-10/2/2027; the Hung Kings
18/4/2024, 7/4/2025, 27/4/2026 (for the Sunday), 16/4/2027; 30/4 and 1/5; 2/9 with its neighbour;
24/11 from 2026. Exchanged: 29/4/2024 for Saturday 4/5, 2/5/2025 for Saturday 26/4, 2/1/2026 for
Saturday 10/1, 31/8/2026 for Saturday 22/8. Each row is (rule, starting fact, due).
"""

import pytest

from crisis.model.law_due import law_due

HOURS = [  # clock hours run on through nights, Saturdays, Sundays and holidays
    ("initial_statement_old", "Thu 2024-02-08 08:00", "Fri 2024-02-09 08:00"),
    ("initial_statement_old", "Fri 2024-02-09 23:59", "Sat 2024-02-10 23:59"),
    ("initial_statement_old", "Wed 2024-02-14 17:30", "Thu 2024-02-15 17:30"),
    ("initial_statement_old", "Wed 2024-02-28 12:00", "Thu 2024-02-29 12:00"),
    ("initial_statement_old", "Thu 2024-02-29 12:00", "Fri 2024-03-01 12:00"),
    ("initial_statement_old", "Mon 2024-04-29 10:00", "Tue 2024-04-30 10:00"),
    ("initial_statement_old", "Fri 2024-05-03 16:00", "Sat 2024-05-04 16:00"),
    ("initial_statement_old", "Sun 2024-09-01 09:00", "Mon 2024-09-02 09:00"),
    ("initial_statement_old", "Tue 2024-12-31 00:00", "Wed 2025-01-01 00:00"),
    ("initial_statement_old", "Tue 2025-01-28 20:00", "Wed 2025-01-29 20:00"),
    ("initial_statement_old", "Wed 2025-04-30 06:00", "Thu 2025-05-01 06:00"),
    ("initial_statement_old", "Mon 2025-09-01 24:00", "Tue 2025-09-02 24:00"),
    ("initial_statement_old", "Wed 2025-12-31 23:59", "Thu 2026-01-01 23:59"),
    ("initial_statement_old", "Mon 2026-02-16 11:30", "Tue 2026-02-17 11:30"),
    ("initial_statement_old", "Thu 2026-04-30 19:45", "Fri 2026-05-01 19:45"),
    ("initial_statement_old", "Mon 2026-06-29 24:00", "Tue 2026-06-30 24:00"),
    ("initial_statement_old", "Tue 2026-06-30 12:00", "Wed 2026-07-01 12:00"),  # the old law ends
    ("initial_statement_major_event", "Tue 2026-06-30 24:00", "Wed 2026-07-01 24:00"),
    ("initial_statement_major_event", "Fri 2026-07-31 18:00", "Sat 2026-08-01 18:00"),
    ("initial_statement_major_event", "Mon 2026-08-31 07:30", "Tue 2026-09-01 07:30"),
    ("initial_statement_major_event", "Tue 2026-09-01 23:00", "Wed 2026-09-02 23:00"),
    ("initial_statement_major_event", "Mon 2026-11-23 17:30", "Tue 2026-11-24 17:30"),
    ("initial_statement_major_event", "Thu 2026-12-31 12:00", "Fri 2027-01-01 12:00"),
    ("initial_statement_major_event", "Thu 2027-02-04 10:00", "Fri 2027-02-05 10:00"),
    ("initial_statement_major_event", "Sun 2027-02-28 10:00", "Mon 2027-03-01 10:00"),
    ("initial_statement_major_event", "Thu 2027-04-29 22:00", "Fri 2027-04-30 22:00"),
    ("initial_statement_major_event", "Thu 2027-09-02 09:00", "Fri 2027-09-03 09:00"),
    ("initial_statement_divided_opinion", "Wed 2026-07-01 00:00", "Thu 2026-07-02 00:00"),
    ("initial_statement_divided_opinion", "Sat 2026-08-22 09:00", "Sun 2026-08-23 09:00"),
    ("initial_statement_divided_opinion", "Wed 2026-09-02 14:00", "Thu 2026-09-03 14:00"),
    ("initial_statement_divided_opinion", "Sat 2027-02-06 23:30", "Sun 2027-02-07 23:30"),
    ("initial_statement_divided_opinion", "Sat 2027-05-01 08:00", "Sun 2027-05-02 08:00"),
    ("spokesperson_contact_publish", "Wed 2026-07-01 08:00", "Thu 2026-07-02 08:00"),
    ("spokesperson_contact_publish", "Fri 2026-08-28 16:30", "Sat 2026-08-29 16:30"),
    ("spokesperson_contact_publish", "Wed 2027-02-03 15:00", "Thu 2027-02-04 15:00"),
    ("delegation_publish_old", "Wed 2024-02-07 17:00", "Thu 2024-02-08 05:00"),
    ("delegation_publish_old", "Tue 2024-04-30 18:00", "Wed 2024-05-01 06:00"),
    ("delegation_publish_old", "Tue 2024-12-31 20:00", "Wed 2025-01-01 08:00"),
    ("delegation_publish_old", "Tue 2026-06-30 16:00", "Wed 2026-07-01 04:00"),
    ("data_breach_notice", "Fri 2026-02-13 08:00", "Mon 2026-02-16 08:00"),
    ("data_breach_notice", "Wed 2026-04-29 20:00", "Sat 2026-05-02 20:00"),
    ("data_breach_notice", "Sun 2026-08-30 09:00", "Wed 2026-09-02 09:00"),
    ("data_breach_notice", "Wed 2027-02-03 17:00", "Sat 2027-02-06 17:00"),
    ("ai_serious_incident", "Fri 2026-05-01 00:00", "Mon 2026-05-04 00:00"),
    ("ai_serious_incident", "Tue 2026-12-29 10:00", "Fri 2027-01-01 10:00"),
    ("urgent_doc_forward", "Sat 2024-02-10 02:15", "Sat 2024-02-10 02:15"),  # at once, in Tet too
    ("urgent_doc_forward", "Wed 2026-09-02 22:10", "Wed 2026-09-02 22:10"),
    ("outlet_correction_online", "Thu 2025-05-01 09:00", "Thu 2025-05-01 09:00"),
]

BACKWARDS = [  # the last moment to act before an event
    ("press_conference_notice", "Thu 2026-07-02 09:00", "Wed 2026-07-01 09:00"),
    ("press_conference_notice", "Thu 2026-09-03 08:00", "Wed 2026-09-02 08:00"),
    ("press_conference_notice", "Mon 2027-02-15 14:00", "Sun 2027-02-14 14:00"),
    ("press_conference_notice", "Mon 2027-03-01 00:00", "Sun 2027-02-28 00:00"),
    ("press_conference_refusal", "Thu 2026-09-03 08:00", "Wed 2026-09-02 20:00"),
    ("press_conference_refusal", "Fri 2027-01-01 06:00", "Thu 2026-12-31 18:00"),
]

DAYS = [  # from the next day; a last day off moves to the next working day
    ("reply_forwarded_opinion_old", "Wed 2024-01-10 16:00", "Thu 2024-02-15 24:00"),  # 9/2
    ("reply_forwarded_opinion_old", "Thu 2024-01-11 10:00", "Thu 2024-02-15 24:00"),  # Sat 10/2
    ("reply_forwarded_opinion_old", "Mon 2024-01-15 10:00", "Thu 2024-02-15 24:00"),  # 14/2
    ("reply_forwarded_opinion_old", "Tue 2024-01-16 10:00", "Thu 2024-02-15 24:00"),  # itself
    ("reply_forwarded_opinion_old", "Tue 2024-01-30 10:00", "Thu 2024-02-29 24:00"),  # leap day
    ("reply_forwarded_opinion_old", "Tue 2024-03-19 10:00", "Fri 2024-04-19 24:00"),  # 18/4
    ("reply_forwarded_opinion_old", "Sat 2024-03-30 10:00", "Thu 2024-05-02 24:00"),  # 29/4
    ("reply_forwarded_opinion_old", "Thu 2024-04-04 10:00", "Sat 2024-05-04 24:00"),  # made up
    ("reply_forwarded_opinion_old", "Sat 2024-08-03 10:00", "Wed 2024-09-04 24:00"),  # 2/9
    ("reply_forwarded_opinion_old", "Mon 2024-12-02 10:00", "Thu 2025-01-02 24:00"),  # 1/1
    ("reply_forwarded_opinion_old", "Sat 2024-12-28 10:00", "Mon 2025-02-03 24:00"),  # 27/1
    ("reply_forwarded_opinion_old", "Wed 2025-01-01 10:00", "Mon 2025-02-03 24:00"),  # 31/1
    ("reply_forwarded_opinion_old", "Sat 2025-03-08 10:00", "Tue 2025-04-08 24:00"),  # 7/4
    ("reply_forwarded_opinion_old", "Thu 2025-03-27 10:00", "Sat 2025-04-26 24:00"),  # made up
    ("reply_forwarded_opinion_old", "Mon 2025-03-31 10:00", "Mon 2025-05-05 24:00"),  # 30/4
    ("reply_forwarded_opinion_old", "Wed 2025-04-02 10:00", "Mon 2025-05-05 24:00"),  # 2/5
    ("reply_forwarded_opinion_old", "Sat 2025-08-02 10:00", "Wed 2025-09-03 24:00"),  # 1/9
    ("reply_forwarded_opinion_old", "Wed 2025-12-03 10:00", "Mon 2026-01-05 24:00"),  # 2/1
    ("reply_forwarded_opinion_old", "Thu 2025-12-11 10:00", "Sat 2026-01-10 24:00"),  # made up
    ("reply_forwarded_opinion_old", "Fri 2026-01-16 10:00", "Mon 2026-02-23 24:00"),  # Sun 15/2
    ("reply_forwarded_opinion_old", "Wed 2026-01-21 10:00", "Mon 2026-02-23 24:00"),  # 20/2
    ("reply_forwarded_opinion_old", "Sat 2026-03-28 10:00", "Tue 2026-04-28 24:00"),  # 27/4
    ("reply_forwarded_opinion_old", "Tue 2026-03-31 10:00", "Mon 2026-05-04 24:00"),  # 30/4
    ("reply_forwarded_opinion_old", "Sun 2026-05-31 23:59", "Tue 2026-06-30 24:00"),
    ("reply_forwarded_opinion_old", "Tue 2026-06-30 23:59", "Thu 2026-07-30 24:00"),  # last old
    ("reply_in_press", "Wed 2026-07-01 00:00", "Fri 2026-07-31 24:00"),  # first of the new law
    ("reply_in_press", "Sat 2026-08-01 10:00", "Thu 2026-09-03 24:00"),  # 31/8
    ("reply_in_press", "Mon 2026-08-03 10:00", "Thu 2026-09-03 24:00"),  # 2/9
    ("reply_in_press", "Tue 2026-08-04 10:00", "Thu 2026-09-03 24:00"),  # itself
    ("reply_in_press", "Sun 2026-10-25 10:00", "Wed 2026-11-25 24:00"),  # 24/11
    ("reply_in_press", "Wed 2026-12-02 10:00", "Mon 2027-01-04 24:00"),  # Fri 1/1
    ("reply_in_press", "Tue 2027-01-05 10:00", "Thu 2027-02-11 24:00"),  # 4/2
    ("reply_in_press", "Mon 2027-01-11 10:00", "Thu 2027-02-11 24:00"),  # 10/2
    ("reply_in_press", "Tue 2027-01-12 10:00", "Thu 2027-02-11 24:00"),  # itself
    ("reply_in_press", "Fri 2027-01-29 10:00", "Mon 2027-03-01 24:00"),  # Sun 28/2
    ("reply_in_press", "Wed 2027-03-17 10:00", "Mon 2027-04-19 24:00"),  # Fri 16/4
    ("reply_in_press", "Wed 2027-03-31 10:00", "Tue 2027-05-04 24:00"),  # Fri 30/4, Mon 3/5 off
    ("reply_in_press", "Tue 2027-08-03 10:00", "Mon 2027-09-06 24:00"),  # Thu 2/9
    ("outlet_correction_print_broadcast", "Tue 2024-02-06 10:00", "Thu 2024-02-15 24:00"),
    ("outlet_correction_print_broadcast", "Sat 2024-04-27 10:00", "Thu 2024-05-02 24:00"),
    ("outlet_correction_print_broadcast", "Thu 2024-05-02 10:00", "Sat 2024-05-04 24:00"),
    ("outlet_correction_print_broadcast", "Thu 2025-04-24 10:00", "Sat 2025-04-26 24:00"),
    ("outlet_correction_print_broadcast", "Sat 2025-01-25 10:00", "Mon 2025-02-03 24:00"),
    ("outlet_correction_print_broadcast", "Thu 2026-01-08 10:00", "Sat 2026-01-10 24:00"),
    ("outlet_correction_print_broadcast", "Sat 2026-02-14 10:00", "Mon 2026-02-23 24:00"),
    ("outlet_correction_print_broadcast", "Tue 2026-06-30 10:00", "Thu 2026-07-02 24:00"),
    ("outlet_correction_print_broadcast", "Sat 2026-08-29 10:00", "Thu 2026-09-03 24:00"),
    ("outlet_correction_print_broadcast", "Tue 2027-02-02 10:00", "Thu 2027-02-11 24:00"),
    ("ati_fix_own_public_error", "Wed 2024-01-24 10:00", "Thu 2024-02-15 24:00"),  # 8/2
    ("ati_fix_own_public_error", "Wed 2024-01-31 10:00", "Thu 2024-02-15 24:00"),  # itself
    ("ati_fix_own_public_error", "Fri 2024-04-19 10:00", "Sat 2024-05-04 24:00"),  # made up
    ("ati_fix_own_public_error", "Mon 2025-01-13 10:00", "Mon 2025-02-03 24:00"),  # 28/1
    ("ati_fix_own_public_error", "Tue 2025-04-15 10:00", "Mon 2025-05-05 24:00"),  # 30/4
    ("ati_fix_own_public_error", "Sun 2026-02-01 10:00", "Mon 2026-02-23 24:00"),  # 16/2
    ("ati_fix_own_public_error", "Sun 2026-08-16 10:00", "Thu 2026-09-03 24:00"),  # 31/8
    ("ati_fix_own_public_error", "Mon 2026-08-31 10:00", "Tue 2026-09-15 24:00"),  # last day of law
    ("na_verify_press", "Mon 2024-02-05 09:00", "Thu 2024-02-15 24:00"),
    ("na_verify_press", "Mon 2024-04-29 09:00", "Sat 2024-05-04 24:00"),
    ("na_verify_press", "Wed 2025-01-22 09:00", "Mon 2025-02-03 24:00"),
    ("na_verify_press", "Mon 2026-01-05 09:00", "Sat 2026-01-10 24:00"),
    ("na_verify_press", "Sat 2027-01-30 09:00", "Thu 2027-02-11 24:00"),
    ("na_report_press_true", "Sat 2024-01-20 09:00", "Thu 2024-02-15 24:00"),  # 9/2
    ("na_report_press_true", "Wed 2026-08-12 09:00", "Thu 2026-09-03 24:00"),  # 1/9
    ("na_report_press_true", "Sun 2027-04-11 09:00", "Tue 2027-05-04 24:00"),  # Sat 1/5
    ("na_report_social_true", "Thu 2024-08-29 09:00", "Wed 2024-09-04 24:00"),  # 3/9
    ("na_report_social_true", "Thu 2026-08-27 09:00", "Thu 2026-09-03 24:00"),  # 1/9
    ("internal_regulation", "Wed 2026-07-01 00:00", "Mon 2026-08-17 24:00"),  # Sat 15/8
]

WORKING_DAYS = [  # the day of the fact is day zero; Saturdays made up count
    ("reply_forwarded_opinion", "Wed 2026-07-01 00:00", "Wed 2026-07-22 24:00"),
    ("reply_forwarded_opinion", "Fri 2026-07-31 10:00", "Fri 2026-08-21 24:00"),
    ("reply_forwarded_opinion", "Mon 2026-08-03 10:00", "Sat 2026-08-22 24:00"),  # made up
    ("reply_forwarded_opinion", "Tue 2026-08-11 10:00", "Thu 2026-09-03 24:00"),
    ("reply_forwarded_opinion", "Fri 2026-08-21 10:00", "Tue 2026-09-15 24:00"),
    ("reply_forwarded_opinion", "Sat 2026-08-22 10:00", "Wed 2026-09-16 24:00"),
    ("reply_forwarded_opinion", "Mon 2026-08-31 10:00", "Wed 2026-09-23 24:00"),
    ("reply_forwarded_opinion", "Tue 2026-09-01 10:00", "Wed 2026-09-23 24:00"),
    ("reply_forwarded_opinion", "Mon 2026-11-09 10:00", "Tue 2026-12-01 24:00"),  # without 24/11
    ("reply_forwarded_opinion", "Fri 2026-12-18 10:00", "Mon 2027-01-11 24:00"),
    ("reply_forwarded_opinion", "Thu 2027-01-21 10:00", "Thu 2027-02-18 24:00"),  # 9 before Tet
    ("reply_forwarded_opinion", "Wed 2027-02-03 10:00", "Wed 2027-03-03 24:00"),
    ("reply_forwarded_opinion", "Fri 2027-04-09 10:00", "Wed 2027-05-05 24:00"),
    ("reply_forwarded_opinion", "Mon 2027-08-16 10:00", "Wed 2027-09-08 24:00"),
    ("complaint_conclusion_to_press", "Wed 2026-07-01 10:00", "Wed 2026-07-08 24:00"),
    ("complaint_conclusion_to_press", "Mon 2026-08-17 10:00", "Sat 2026-08-22 24:00"),
    ("complaint_conclusion_to_press", "Wed 2026-08-26 10:00", "Mon 2026-09-07 24:00"),
    ("complaint_conclusion_to_press", "Thu 2026-11-19 10:00", "Fri 2026-11-27 24:00"),
    ("complaint_conclusion_to_press", "Mon 2027-02-01 10:00", "Mon 2027-02-15 24:00"),
    ("complaint_conclusion_to_press", "Wed 2027-04-28 10:00", "Fri 2027-05-07 24:00"),
    ("outlet_answers_agency", "Mon 2026-08-10 10:00", "Fri 2026-08-28 24:00"),
    ("outlet_answers_agency", "Wed 2026-12-16 10:00", "Thu 2027-01-07 24:00"),
    ("outlet_answers_agency", "Tue 2027-01-19 10:00", "Tue 2027-02-16 24:00"),
    ("ati_publish_default", "Mon 2024-02-05 10:00", "Mon 2024-02-19 24:00"),
    ("ati_publish_default", "Thu 2024-04-25 10:00", "Mon 2024-05-06 24:00"),
    ("ati_publish_default", "Wed 2024-08-28 10:00", "Fri 2024-09-06 24:00"),
    ("ati_publish_default", "Fri 2024-12-27 10:00", "Mon 2025-01-06 24:00"),
    ("ati_publish_default", "Thu 2025-01-23 10:00", "Thu 2025-02-06 24:00"),
    ("ati_publish_default", "Mon 2025-04-21 10:00", "Sat 2025-04-26 24:00"),  # made up
    ("ati_publish_default", "Wed 2025-08-27 10:00", "Fri 2025-09-05 24:00"),
    ("ati_publish_default", "Mon 2025-12-29 10:00", "Wed 2026-01-07 24:00"),
    ("ati_publish_default", "Mon 2026-01-05 10:00", "Sat 2026-01-10 24:00"),  # made up
    ("ati_publish_default", "Wed 2026-02-11 10:00", "Wed 2026-02-25 24:00"),
    ("ati_publish_default", "Thu 2026-04-23 10:00", "Tue 2026-05-05 24:00"),
    ("ati_publish_default", "Wed 2026-06-24 10:00", "Wed 2026-07-01 24:00"),
    ("ati_publish_default", "Mon 2026-08-31 10:00", "Wed 2026-09-09 24:00"),  # last day of the law
    ("ati_complex_in_person", "Wed 2024-01-31 10:00", "Wed 2024-02-21 24:00"),
    ("ati_complex_in_person", "Fri 2025-04-18 10:00", "Tue 2025-05-06 24:00"),
    ("ati_complex_in_person", "Tue 2026-06-23 10:00", "Tue 2026-07-07 24:00"),
    ("ati_complex_in_person", "Tue 2026-08-18 10:00", "Thu 2026-09-03 24:00"),
    ("ati_online_simple", "Fri 2024-04-26 10:00", "Sat 2024-05-04 24:00"),  # 2, 3 and made up
    ("ati_online_simple", "Thu 2025-01-23 10:00", "Tue 2025-02-04 24:00"),
    ("ati_online_simple", "Fri 2025-04-25 10:00", "Tue 2025-04-29 24:00"),
    ("ati_online_simple", "Wed 2025-12-31 10:00", "Wed 2026-01-07 24:00"),
    ("ati_online_simple", "Thu 2026-08-20 10:00", "Mon 2026-08-24 24:00"),  # Saturday counts
    ("ati_online_complex", "Thu 2024-01-25 10:00", "Thu 2024-02-22 24:00"),
    ("ati_online_complex", "Mon 2025-01-20 10:00", "Mon 2025-02-17 24:00"),
    ("ati_online_complex", "Mon 2026-02-09 10:00", "Mon 2026-03-09 24:00"),
    ("ati_online_complex", "Mon 2026-08-31 10:00", "Wed 2026-09-23 24:00"),
    ("ati_fix_supplied_error", "Mon 2024-04-15 10:00", "Tue 2024-04-23 24:00"),
    ("ati_fix_supplied_error", "Wed 2025-04-02 10:00", "Thu 2025-04-10 24:00"),
    ("outgoing_doc_issue", "Wed 2024-02-07 16:00", "Thu 2024-02-15 24:00"),
    ("outgoing_doc_issue", "Fri 2024-05-03 16:00", "Sat 2024-05-04 24:00"),  # made up
    ("outgoing_doc_issue", "Fri 2025-01-24 16:00", "Mon 2025-02-03 24:00"),
    ("outgoing_doc_issue", "Fri 2025-04-25 16:00", "Sat 2025-04-26 24:00"),
    ("outgoing_doc_issue", "Wed 2025-12-31 16:00", "Mon 2026-01-05 24:00"),
    ("outgoing_doc_issue", "Tue 2026-06-30 23:59", "Wed 2026-07-01 24:00"),
    ("outgoing_doc_issue", "Fri 2026-08-28 16:00", "Thu 2026-09-03 24:00"),
    ("outgoing_doc_issue", "Wed 2027-02-03 16:00", "Thu 2027-02-11 24:00"),
    ("outgoing_doc_issue", "Wed 2027-09-01 16:00", "Mon 2027-09-06 24:00"),
    ("dsr_acknowledge", "Thu 2026-01-01 10:00", "Tue 2026-01-06 24:00"),
    ("dsr_acknowledge", "Fri 2026-02-13 10:00", "Tue 2026-02-24 24:00"),
    ("dsr_acknowledge", "Fri 2026-08-21 10:00", "Mon 2026-08-24 24:00"),  # Saturday counts
    ("dsr_acknowledge", "Tue 2026-09-01 10:00", "Fri 2026-09-04 24:00"),
    ("dsr_acknowledge", "Tue 2027-11-23 10:00", "Fri 2027-11-26 24:00"),
]

MONTHS = [  # a month of the calendar ends with its last day, also where that is a day off
    ("periodic_information", "Wed 2026-07-01 00:00", "Fri 2026-07-31 24:00"),
    ("periodic_information", "Mon 2026-08-31 23:59", "Mon 2026-08-31 24:00"),
    ("periodic_information", "Fri 2027-02-05 10:00", "Sun 2027-02-28 24:00"),
    ("periodic_press_conference", "Mon 2026-08-31 10:00", "Mon 2026-11-30 24:00"),
    ("periodic_press_conference", "Mon 2026-11-30 10:00", "Mon 2027-03-01 24:00"),  # Sun 28/2
    ("periodic_press_conference", "Wed 2026-11-04 10:00", "Thu 2027-02-11 24:00"),  # Tet
    ("periodic_press_conference", "Fri 2026-07-24 10:00", "Mon 2026-10-26 24:00"),  # Sat 24/10
    ("annual_report", "Wed 2026-07-01 00:00", "Sat 2026-12-19 24:00"),
    ("annual_report", "Mon 2027-11-01 10:00", "Sun 2027-12-19 24:00"),
]

TABLE = HOURS + BACKWARDS + DAYS + WORKING_DAYS + MONTHS


@pytest.mark.parametrize(("rule", "start", "due"), TABLE)
def test_a_rule_falls_due_as_the_calendar_says(rule, start, due, law, office, hanoi):
    assert law_due(law, office, rule, hanoi(start)).due_at == hanoi(due)


def test_the_table_is_long_and_leaves_no_rule_of_its_own_limit_out(law):
    counted = {rule.id for rule in law.rules if not rule.same_as}
    assert {row[0] for row in TABLE} == counted
    assert len(set(TABLE)) == len(TABLE) >= 150
