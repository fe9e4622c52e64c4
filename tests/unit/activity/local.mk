# Unit tests of lib/activity: see lib/local.mk for what each may link.

unit_tests += tests/unit/activity/test_activity
tests_unit_activity_test_activity_SOURCES = tests/unit/activity/test_activity.c
tests_unit_activity_test_activity_CPPFLAGS = $(unit_cppflags)
tests_unit_activity_test_activity_LDADD = $(ACTIVITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/activity/test_author
tests_unit_activity_test_author_SOURCES = tests/unit/activity/test_author.c
tests_unit_activity_test_author_CPPFLAGS = $(unit_cppflags)
tests_unit_activity_test_author_LDADD = $(ACTIVITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/activity/test_credit
tests_unit_activity_test_credit_SOURCES = tests/unit/activity/test_credit.c
tests_unit_activity_test_credit_CPPFLAGS = $(unit_cppflags)
tests_unit_activity_test_credit_LDADD = $(ACTIVITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/activity/test_defects
tests_unit_activity_test_defects_SOURCES = tests/unit/activity/test_defects.c
tests_unit_activity_test_defects_CPPFLAGS = $(unit_cppflags)
tests_unit_activity_test_defects_LDADD = $(ACTIVITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/activity/test_fingerprint
tests_unit_activity_test_fingerprint_SOURCES = tests/unit/activity/test_fingerprint.c
tests_unit_activity_test_fingerprint_CPPFLAGS = $(unit_cppflags)
tests_unit_activity_test_fingerprint_LDADD = $(ACTIVITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/activity/test_link
tests_unit_activity_test_link_SOURCES = tests/unit/activity/test_link.c
tests_unit_activity_test_link_CPPFLAGS = $(unit_cppflags)
tests_unit_activity_test_link_LDADD = $(ACTIVITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/activity/test_mention
tests_unit_activity_test_mention_SOURCES = tests/unit/activity/test_mention.c
tests_unit_activity_test_mention_CPPFLAGS = $(unit_cppflags)
tests_unit_activity_test_mention_LDADD = $(ACTIVITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/activity/test_record
tests_unit_activity_test_record_SOURCES = tests/unit/activity/test_record.c
tests_unit_activity_test_record_CPPFLAGS = $(unit_cppflags)
tests_unit_activity_test_record_LDADD = $(ACTIVITY_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/activity/test_record_fields
tests_unit_activity_test_record_fields_SOURCES = tests/unit/activity/test_record_fields.c
tests_unit_activity_test_record_fields_CPPFLAGS = $(unit_cppflags)
tests_unit_activity_test_record_fields_LDADD = $(ACTIVITY_LAYER) $(CMOCKA_LIBS)
