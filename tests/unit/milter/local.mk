# Unit tests of milter/: with the sources that each needs.
unit_tests += tests/unit/milter/test_keeper
tests_unit_milter_test_keeper_SOURCES = tests/unit/milter/test_keeper.c \
	milter/keeper.c milter/keeper_heir.c milter/keeper_rescue.c \
	milter/keeper_room.c milter/log.c milter/priors.c milter/shared.c
tests_unit_milter_test_keeper_CPPFLAGS = $(unit_cppflags) $(SQLITE_CFLAGS)
tests_unit_milter_test_keeper_LDADD = $(JOURNAL_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/milter/test_endpoint
tests_unit_milter_test_endpoint_SOURCES = tests/unit/milter/test_endpoint.c \
	milter/endpoint.c
tests_unit_milter_test_endpoint_CPPFLAGS = $(unit_cppflags)
tests_unit_milter_test_endpoint_CFLAGS = $(AM_CFLAGS) $(MILTER_CFLAGS)
tests_unit_milter_test_endpoint_LDADD = $(BASE_LAYER) $(MILTER_LIBS) \
	$(CMOCKA_LIBS)

unit_tests += tests/unit/milter/test_confine
tests_unit_milter_test_confine_SOURCES = tests/unit/milter/test_confine.c \
	milter/confine.c
tests_unit_milter_test_confine_CPPFLAGS = $(unit_cppflags) $(SQLITE_CFLAGS) \
	$(SECCOMP_CFLAGS)
tests_unit_milter_test_confine_LDADD = $(MAIL_LAYER) $(SQLITE_LIBS) \
	$(SECCOMP_LIBS) $(CMOCKA_LIBS)

unit_tests += tests/unit/milter/test_marks
tests_unit_milter_test_marks_SOURCES = tests/unit/milter/test_marks.c \
	milter/anchors.c milter/marks.c milter/priors.c \
	tests/support/redis.c tests/support/redis.h
tests_unit_milter_test_marks_CPPFLAGS = $(unit_cppflags) $(SQLITE_CFLAGS)
tests_unit_milter_test_marks_LDADD = lib/libjournal.a $(STORE_LAYER) \
	$(SQLITE_LIBS) $(CMOCKA_LIBS)
