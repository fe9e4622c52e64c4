# Unit tests of lib/digest: see lib/local.mk for what each may link.

# Whole lists, imported and counted in a Redis of the test's own.
posts_sources = tests/support/posts.c tests/support/posts.h \
	tests/support/generated.c tests/support/generated.h \
	tests/support/redis.c tests/support/redis.h

unit_tests += tests/unit/digest/test_order
tests_unit_digest_test_order_SOURCES = tests/unit/digest/test_order.c \
	$(posts_sources)
tests_unit_digest_test_order_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_order_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_recount
tests_unit_digest_test_recount_SOURCES = tests/unit/digest/test_recount.c \
	$(posts_sources)
tests_unit_digest_test_recount_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_recount_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_gather
tests_unit_digest_test_gather_SOURCES = tests/unit/digest/test_gather.c \
	$(posts_sources)
tests_unit_digest_test_gather_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_gather_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_waiting
tests_unit_digest_test_waiting_SOURCES = tests/unit/digest/test_waiting.c \
	$(posts_sources)
tests_unit_digest_test_waiting_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_waiting_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_touched
tests_unit_digest_test_touched_SOURCES = tests/unit/digest/test_touched.c \
	$(posts_sources)
tests_unit_digest_test_touched_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_touched_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_filter
tests_unit_digest_test_filter_SOURCES = tests/unit/digest/test_filter.c \
	$(posts_sources)
tests_unit_digest_test_filter_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_filter_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_several
tests_unit_digest_test_several_SOURCES = tests/unit/digest/test_several.c \
	$(posts_sources)
tests_unit_digest_test_several_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_several_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_formats
tests_unit_digest_test_formats_SOURCES = tests/unit/digest/test_formats.c \
	$(posts_sources)
tests_unit_digest_test_formats_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_formats_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_paths
tests_unit_digest_test_paths_SOURCES = tests/unit/digest/test_paths.c
tests_unit_digest_test_paths_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_paths_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_totals
tests_unit_digest_test_totals_SOURCES = tests/unit/digest/test_totals.c \
	tests/unit/digest/rows.c tests/unit/digest/rows.h
tests_unit_digest_test_totals_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_totals_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_top_lists
tests_unit_digest_test_top_lists_SOURCES = tests/unit/digest/test_top_lists.c \
	tests/unit/digest/rows.c tests/unit/digest/rows.h
tests_unit_digest_test_top_lists_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_top_lists_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_digest_person
tests_unit_digest_test_digest_person_SOURCES = tests/unit/digest/test_digest_person.c \
	tests/unit/digest/rows.c tests/unit/digest/rows.h
tests_unit_digest_test_digest_person_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_digest_person_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_present
tests_unit_digest_test_present_SOURCES = tests/unit/digest/test_present.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_digest_test_present_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_present_LDADD = $(RENDER_LAYER) $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_periods
tests_unit_digest_test_periods_SOURCES = tests/unit/digest/test_periods.c
tests_unit_digest_test_periods_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_periods_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_compare
tests_unit_digest_test_compare_SOURCES = tests/unit/digest/test_compare.c
tests_unit_digest_test_compare_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_compare_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_copies
tests_unit_digest_test_copies_SOURCES = tests/unit/digest/test_copies.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_digest_test_copies_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_copies_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_measures
tests_unit_digest_test_measures_SOURCES = tests/unit/digest/test_measures.c
tests_unit_digest_test_measures_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_measures_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_gaps
tests_unit_digest_test_gaps_SOURCES = tests/unit/digest/test_gaps.c \
	tests/support/redis.c tests/support/redis.h
tests_unit_digest_test_gaps_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_gaps_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_ends
tests_unit_digest_test_ends_SOURCES = tests/unit/digest/test_ends.c \
	tests/support/activity.c tests/support/activity.h \
	tests/support/redis.c tests/support/redis.h
tests_unit_digest_test_ends_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_ends_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)
