# Unit tests of lib/gather: see lib/local.mk for what each may link.

unit_tests += tests/unit/gather/test_interval_rows
tests_unit_gather_test_interval_rows_SOURCES = \
	tests/unit/gather/test_interval_rows.c \
	tests/support/activity.c tests/support/activity.h \
	tests/support/redis.c tests/support/redis.h
tests_unit_gather_test_interval_rows_CPPFLAGS = $(unit_cppflags)
tests_unit_gather_test_interval_rows_LDADD = $(GATHER_LAYER) $(CMOCKA_LIBS)
