# Unit tests of lib/archive: on repositories that they make with git.
unit_tests += tests/unit/archive/test_archive
tests_unit_archive_test_archive_SOURCES = tests/unit/archive/test_archive.c
tests_unit_archive_test_archive_CPPFLAGS = $(unit_cppflags)
tests_unit_archive_test_archive_LDADD = $(ARCHIVE_LAYER) $(CMOCKA_LIBS)
