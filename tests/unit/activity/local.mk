# Unit tests of lib/activity: see lib/local.mk for what each may link.

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
