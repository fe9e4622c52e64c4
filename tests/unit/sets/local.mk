# Unit tests of lib/sets: see lib/local.mk for what each may link.

unit_tests += tests/unit/sets/test_assembly
tests_unit_sets_test_assembly_SOURCES = tests/unit/sets/test_assembly.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_assembly_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_assembly_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_reword
tests_unit_sets_test_reword_SOURCES = tests/unit/sets/test_reword.c
tests_unit_sets_test_reword_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_reword_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)
