# Unit tests of lib/base: see lib/local.mk for what each may link.
unit_tests += tests/unit/base/test_bytes
tests_unit_base_test_bytes_SOURCES = tests/unit/base/test_bytes.c
tests_unit_base_test_bytes_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_bytes_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_hex
tests_unit_base_test_hex_SOURCES = tests/unit/base/test_hex.c
tests_unit_base_test_hex_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_hex_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_chains
tests_unit_base_test_chains_SOURCES = tests/unit/base/test_chains.c
tests_unit_base_test_chains_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_chains_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_map
tests_unit_base_test_map_SOURCES = tests/unit/base/test_map.c
tests_unit_base_test_map_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_map_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_text
tests_unit_base_test_text_SOURCES = tests/unit/base/test_text.c
tests_unit_base_test_text_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_text_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_gap
tests_unit_base_test_gap_SOURCES = tests/unit/base/test_gap.c
tests_unit_base_test_gap_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_gap_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_settings
tests_unit_base_test_settings_SOURCES = tests/unit/base/test_settings.c
tests_unit_base_test_settings_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_settings_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_moment
tests_unit_base_test_moment_SOURCES = tests/unit/base/test_moment.c
tests_unit_base_test_moment_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_moment_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_interval
tests_unit_base_test_interval_SOURCES = tests/unit/base/test_interval.c
tests_unit_base_test_interval_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_interval_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_sha
tests_unit_base_test_sha_SOURCES = tests/unit/base/test_sha.c
tests_unit_base_test_sha_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_sha_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_archive_url
tests_unit_base_test_archive_url_SOURCES = tests/unit/base/test_archive_url.c
tests_unit_base_test_archive_url_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_archive_url_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/base/test_list_id
tests_unit_base_test_list_id_SOURCES = tests/unit/base/test_list_id.c
tests_unit_base_test_list_id_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_list_id_LDADD = $(BASE_LAYER) $(CMOCKA_LIBS)
