# Unit tests of lib/journal: see lib/local.mk for what each may link.
unit_tests += tests/unit/journal/test_journal
tests_unit_journal_test_journal_SOURCES = tests/unit/journal/test_journal.c
tests_unit_journal_test_journal_CPPFLAGS = $(unit_cppflags) $(SQLITE_CFLAGS)
tests_unit_journal_test_journal_LDADD = $(JOURNAL_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/journal/test_health
tests_unit_journal_test_health_SOURCES = tests/unit/journal/test_health.c
tests_unit_journal_test_health_CPPFLAGS = $(unit_cppflags)
tests_unit_journal_test_health_LDADD = $(JOURNAL_LAYER) $(CMOCKA_LIBS)
