unit_tests += tests/unit/command/test_pipeline
tests_unit_command_test_pipeline_SOURCES = \
	tests/unit/command/test_pipeline.c command/pipeline.c
tests_unit_command_test_pipeline_CPPFLAGS = $(unit_cppflags)
tests_unit_command_test_pipeline_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/command/test_options
tests_unit_command_test_options_SOURCES = \
	tests/unit/command/test_options.c command/options.c
tests_unit_command_test_options_CPPFLAGS = $(unit_cppflags)
tests_unit_command_test_options_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/command/test_progress
tests_unit_command_test_progress_SOURCES = \
	tests/unit/command/test_progress.c command/progress.c
tests_unit_command_test_progress_CPPFLAGS = $(unit_cppflags)
tests_unit_command_test_progress_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/command/test_choose
tests_unit_command_test_choose_SOURCES = \
	tests/unit/command/test_choose.c command/choose.c
tests_unit_command_test_choose_CPPFLAGS = $(unit_cppflags)
tests_unit_command_test_choose_LDADD = $(STORE_LAYER) $(CMOCKA_LIBS)
