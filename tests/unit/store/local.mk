# Unit tests of lib/store: against a real redis-server each.
unit_tests += tests/unit/store/test_store
tests_unit_store_test_store_SOURCES = tests/unit/store/test_store.c \
	tests/support/redis.c tests/support/redis.h
tests_unit_store_test_store_CPPFLAGS = $(unit_cppflags)
tests_unit_store_test_store_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)
