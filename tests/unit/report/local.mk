# Unit tests of lib/report: see lib/local.mk for what each may link.

posts_sources = tests/support/posts.c tests/support/posts.h \
	tests/support/redis.c tests/support/redis.h
unit_tests += tests/unit/report/test_order tests/unit/report/test_recount
tests_unit_report_test_order_SOURCES = tests/unit/report/test_order.c \
	$(posts_sources)
tests_unit_report_test_order_CPPFLAGS = $(unit_cppflags)
tests_unit_report_test_order_LDADD = lib/libarchive.a $(REPORT_LAYER) \
	$(CMOCKA_LIBS)
tests_unit_report_test_recount_SOURCES = tests/unit/report/test_recount.c \
	$(posts_sources)
tests_unit_report_test_recount_CPPFLAGS = $(unit_cppflags)
tests_unit_report_test_recount_LDADD = lib/libarchive.a $(REPORT_LAYER) \
	$(CMOCKA_LIBS)

unit_tests += tests/unit/report/test_assembly
tests_unit_report_test_assembly_SOURCES = tests/unit/report/test_assembly.c \
	tests/unit/report/posts.c tests/unit/report/posts.h
tests_unit_report_test_assembly_CPPFLAGS = $(unit_cppflags)
tests_unit_report_test_assembly_LDADD = $(REPORT_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/report/test_reword
tests_unit_report_test_reword_SOURCES = tests/unit/report/test_reword.c
tests_unit_report_test_reword_CPPFLAGS = $(unit_cppflags)
tests_unit_report_test_reword_LDADD = $(REPORT_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/report/test_renderer
tests_unit_report_test_renderer_SOURCES = tests/unit/report/test_renderer.c \
	tests/unit/report/digests.c tests/unit/report/digests.h \
	tests/support/schema.c tests/support/schema.h
tests_unit_report_test_renderer_CPPFLAGS = $(unit_cppflags) $(JANSSON_CFLAGS)
tests_unit_report_test_renderer_LDADD = $(REPORT_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/report/test_tally
tests_unit_report_test_tally_SOURCES = tests/unit/report/test_tally.c
tests_unit_report_test_tally_CPPFLAGS = $(unit_cppflags)
tests_unit_report_test_tally_LDADD = $(REPORT_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/report/test_present
tests_unit_report_test_present_SOURCES = tests/unit/report/test_present.c \
	tests/unit/report/posts.c tests/unit/report/posts.h
tests_unit_report_test_present_CPPFLAGS = $(unit_cppflags)
tests_unit_report_test_present_LDADD = $(REPORT_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/report/test_gather
tests_unit_report_test_gather_SOURCES = tests/unit/report/test_gather.c \
	$(posts_sources)
tests_unit_report_test_gather_CPPFLAGS = $(unit_cppflags)
tests_unit_report_test_gather_LDADD = lib/libarchive.a $(REPORT_LAYER) \
	$(CMOCKA_LIBS)
