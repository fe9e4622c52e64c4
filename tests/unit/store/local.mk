# Unit tests of lib/store: against real servers, started for each test.
unit_tests += tests/unit/store/test_follow tests/unit/store/test_keys \
	tests/unit/store/test_mend tests/unit/store/test_reply \
	tests/unit/store/test_server \
	tests/unit/store/test_store \
	tests/unit/store/test_topologies tests/unit/store/test_trouble

tests_unit_store_test_follow_SOURCES = tests/unit/store/test_follow.c \
	tests/support/activity.c tests/support/activity.h \
	tests/support/redis.c tests/support/redis.h
tests_unit_store_test_follow_CPPFLAGS = $(unit_cppflags)
tests_unit_store_test_follow_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)

tests_unit_store_test_keys_SOURCES = tests/unit/store/test_keys.c
tests_unit_store_test_keys_CPPFLAGS = $(unit_cppflags)
tests_unit_store_test_keys_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)

tests_unit_store_test_mend_SOURCES = tests/unit/store/test_mend.c
tests_unit_store_test_mend_CPPFLAGS = $(unit_cppflags)
tests_unit_store_test_mend_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)

tests_unit_store_test_reply_SOURCES = tests/unit/store/test_reply.c
tests_unit_store_test_reply_CPPFLAGS = $(unit_cppflags) $(HIREDIS_CFLAGS)
tests_unit_store_test_reply_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)

tests_unit_store_test_server_SOURCES = tests/unit/store/test_server.c
tests_unit_store_test_server_CPPFLAGS = $(unit_cppflags)
tests_unit_store_test_server_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)

tests_unit_store_test_store_SOURCES = tests/unit/store/test_store.c \
	tests/support/activity.c tests/support/activity.h \
	tests/support/redis.c tests/support/redis.h
tests_unit_store_test_store_CPPFLAGS = $(unit_cppflags)
tests_unit_store_test_store_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)

tests_unit_store_test_topologies_SOURCES = \
	tests/unit/store/test_topologies.c \
	tests/support/activity.c tests/support/activity.h \
	tests/support/redis.c tests/support/redis.h
tests_unit_store_test_topologies_CPPFLAGS = $(unit_cppflags)
tests_unit_store_test_topologies_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)

tests_unit_store_test_trouble_SOURCES = tests/unit/store/test_trouble.c \
	tests/support/activity.c tests/support/activity.h \
	tests/support/redis.c tests/support/redis.h
tests_unit_store_test_trouble_CPPFLAGS = $(unit_cppflags)
tests_unit_store_test_trouble_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)

EXTRA_DIST += tests/support/redis-cluster
