unit_tests += tests/unit/digest/test_pipeline
tests_unit_digest_test_pipeline_SOURCES = \
	tests/unit/digest/test_pipeline.c digest/pipeline.c
tests_unit_digest_test_pipeline_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_pipeline_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_options
tests_unit_digest_test_options_SOURCES = \
	tests/unit/digest/test_options.c digest/options.c
tests_unit_digest_test_options_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_options_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_progress
tests_unit_digest_test_progress_SOURCES = \
	tests/unit/digest/test_progress.c digest/progress.c
tests_unit_digest_test_progress_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_progress_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/digest/test_choose
tests_unit_digest_test_choose_SOURCES = \
	tests/unit/digest/test_choose.c digest/choose.c
tests_unit_digest_test_choose_CPPFLAGS = $(unit_cppflags)
tests_unit_digest_test_choose_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)
