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

unit_tests += tests/unit/digest/test_zones
tests_unit_digest_test_zones_SOURCES = tests/unit/digest/test_zones.c \
	tests/unit/digest/rows.c tests/unit/digest/rows.h
tests_unit_digest_test_zones_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_zones_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_archive
tests_unit_digest_test_archive_SOURCES = tests/unit/digest/test_archive.c \
	$(posts_sources)
tests_unit_digest_test_archive_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_archive_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

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

# A week of posts, presented.
week_sources = tests/unit/digest/week.c tests/unit/digest/week.h \
	tests/unit/sets/posts.c tests/unit/sets/posts.h

unit_tests += tests/unit/digest/test_present
tests_unit_digest_test_present_SOURCES = tests/unit/digest/test_present.c \
	$(week_sources)
tests_unit_digest_test_present_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_present_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_present_people
tests_unit_digest_test_present_people_SOURCES = tests/unit/digest/test_present_people.c \
	$(week_sources)
tests_unit_digest_test_present_people_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_present_people_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_present_threads
tests_unit_digest_test_present_threads_SOURCES = tests/unit/digest/test_present_threads.c \
	$(week_sources)
tests_unit_digest_test_present_threads_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_present_threads_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_presenter
tests_unit_digest_test_presenter_SOURCES = tests/unit/digest/test_presenter.c
tests_unit_digest_test_presenter_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_presenter_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_classic_data
tests_unit_digest_test_classic_data_SOURCES = tests/unit/digest/test_classic_data.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_digest_test_classic_data_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_classic_data_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_sections
tests_unit_digest_test_sections_SOURCES = tests/unit/digest/test_sections.c
tests_unit_digest_test_sections_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_sections_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

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

# Digests of a list of two weeks.
weeks_sources = tests/unit/digest/weeks.c tests/unit/digest/weeks.h \
	tests/support/mails.c tests/support/mails.h \
	tests/support/posts.c tests/support/posts.h \
	tests/support/redis.c tests/support/redis.h

unit_tests += tests/unit/digest/test_load
tests_unit_digest_test_load_SOURCES = tests/unit/digest/test_load.c \
	$(weeks_sources)
tests_unit_digest_test_load_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_load_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_newcomers
tests_unit_digest_test_newcomers_SOURCES = tests/unit/digest/test_newcomers.c \
	$(weeks_sources)
tests_unit_digest_test_newcomers_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_newcomers_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_wanted
tests_unit_digest_test_wanted_SOURCES = tests/unit/digest/test_wanted.c \
	$(weeks_sources)
tests_unit_digest_test_wanted_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_wanted_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_counting
tests_unit_digest_test_counting_SOURCES = tests/unit/digest/test_counting.c \
	$(weeks_sources)
tests_unit_digest_test_counting_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_counting_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_loading
tests_unit_digest_test_loading_SOURCES = tests/unit/digest/test_loading.c \
	$(weeks_sources)
tests_unit_digest_test_loading_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_loading_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_detailing
tests_unit_digest_test_detailing_SOURCES = tests/unit/digest/test_detailing.c \
	$(weeks_sources)
tests_unit_digest_test_detailing_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_detailing_LDADD = lib/libarchive.a $(RENDER_LAYER) \
	$(DIGEST_LAYER) $(CMOCKA_LIBS) $(UNPACK_LIBS)

unit_tests += tests/unit/digest/test_digest
tests_unit_digest_test_digest_SOURCES = tests/unit/digest/test_digest.c
tests_unit_digest_test_digest_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_digest_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_detail
tests_unit_digest_test_detail_SOURCES = tests/unit/digest/test_detail.c
tests_unit_digest_test_detail_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_detail_LDADD = $(DIGEST_LAYER) $(CMOCKA_LIBS)
