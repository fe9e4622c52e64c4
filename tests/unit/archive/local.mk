# Unit tests of lib/archive: on folders and repositories that they make.
unit_tests += \
	tests/unit/archive/test_archive \
	tests/unit/archive/test_commit \
	tests/unit/archive/test_delta \
	tests/unit/archive/test_git \
	tests/unit/archive/test_maildir \
	tests/unit/archive/test_mbox \
	tests/unit/archive/test_objects \
	tests/unit/archive/test_unpack

tests_unit_archive_test_archive_SOURCES = tests/unit/archive/test_archive.c
tests_unit_archive_test_archive_CPPFLAGS = $(unit_cppflags)
tests_unit_archive_test_archive_LDADD = $(ARCHIVE_LAYER) $(CMOCKA_LIBS)

tests_unit_archive_test_commit_SOURCES = tests/unit/archive/test_commit.c
tests_unit_archive_test_commit_CPPFLAGS = $(unit_cppflags)
tests_unit_archive_test_commit_LDADD = $(ARCHIVE_LAYER) $(CMOCKA_LIBS)

tests_unit_archive_test_delta_SOURCES = tests/unit/archive/test_delta.c
tests_unit_archive_test_delta_CPPFLAGS = $(unit_cppflags)
tests_unit_archive_test_delta_LDADD = $(ARCHIVE_LAYER) $(CMOCKA_LIBS)

tests_unit_archive_test_git_SOURCES = tests/unit/archive/test_git.c
tests_unit_archive_test_git_CPPFLAGS = $(unit_cppflags) $(LIBGIT2_CFLAGS)
tests_unit_archive_test_git_LDADD = $(ARCHIVE_LAYER) $(CMOCKA_LIBS)

tests_unit_archive_test_maildir_SOURCES = tests/unit/archive/test_maildir.c
tests_unit_archive_test_maildir_CPPFLAGS = $(unit_cppflags)
tests_unit_archive_test_maildir_LDADD = $(ARCHIVE_LAYER) $(CMOCKA_LIBS)

tests_unit_archive_test_mbox_SOURCES = tests/unit/archive/test_mbox.c
tests_unit_archive_test_mbox_CPPFLAGS = $(unit_cppflags)
tests_unit_archive_test_mbox_LDADD = $(ARCHIVE_LAYER) $(CMOCKA_LIBS)

tests_unit_archive_test_objects_SOURCES = tests/unit/archive/test_objects.c
tests_unit_archive_test_objects_CPPFLAGS = $(unit_cppflags) $(LIBGIT2_CFLAGS)
tests_unit_archive_test_objects_LDADD = $(ARCHIVE_LAYER) $(CMOCKA_LIBS)

tests_unit_archive_test_unpack_SOURCES = tests/unit/archive/test_unpack.c
tests_unit_archive_test_unpack_CPPFLAGS = $(unit_cppflags)
tests_unit_archive_test_unpack_LDADD = $(ARCHIVE_LAYER) $(CMOCKA_LIBS)

EXTRA_DIST += tests/unit/archive/folder.h
