# Unit tests of lib/gather: see lib/local.mk for what each may link.

unit_tests += tests/unit/gather/test_interval_rows
tests_unit_gather_test_interval_rows_SOURCES = \
	tests/unit/gather/test_interval_rows.c \
	tests/support/activity.c tests/support/activity.h \
	tests/support/redis.c tests/support/redis.h
tests_unit_gather_test_interval_rows_CPPFLAGS = $(unit_cppflags)
tests_unit_gather_test_interval_rows_LDADD = $(GATHER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/gather/test_gather
tests_unit_gather_test_gather_SOURCES = tests/unit/gather/test_gather.c \
	tests/support/mails.c tests/support/mails.h \
	tests/support/redis.c tests/support/redis.h
tests_unit_gather_test_gather_CPPFLAGS = $(unit_cppflags)
tests_unit_gather_test_gather_LDADD = $(GATHER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/gather/test_gather_kin
tests_unit_gather_test_gather_kin_SOURCES = tests/unit/gather/test_gather_kin.c \
	tests/support/mails.c tests/support/mails.h \
	tests/support/redis.c tests/support/redis.h
tests_unit_gather_test_gather_kin_CPPFLAGS = $(unit_cppflags)
tests_unit_gather_test_gather_kin_LDADD = $(GATHER_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/gather/test_gather_sets
tests_unit_gather_test_gather_sets_SOURCES = tests/unit/gather/test_gather_sets.c \
	tests/support/mails.c tests/support/mails.h \
	tests/support/redis.c tests/support/redis.h
tests_unit_gather_test_gather_sets_CPPFLAGS = $(unit_cppflags)
tests_unit_gather_test_gather_sets_LDADD = $(GATHER_LAYER) $(CMOCKA_LIBS)
