# Unit tests of lib/patch: see lib/local.mk for what each may link.
unit_tests += tests/unit/patch/test_subject
tests_unit_patch_test_subject_SOURCES = tests/unit/patch/test_subject.c
tests_unit_patch_test_subject_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_subject_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)
