# Unit tests of lib/sets: see lib/local.mk for what each may link.

unit_tests += tests/unit/sets/test_sets
tests_unit_sets_test_sets_SOURCES = tests/unit/sets/test_sets.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_sets_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_sets_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_reword
tests_unit_sets_test_reword_SOURCES = tests/unit/sets/test_reword.c
tests_unit_sets_test_reword_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_reword_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_branch
tests_unit_sets_test_branch_SOURCES = tests/unit/sets/test_branch.c
tests_unit_sets_test_branch_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_branch_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_evidence
tests_unit_sets_test_evidence_SOURCES = tests/unit/sets/test_evidence.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_evidence_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_evidence_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_state
tests_unit_sets_test_state_SOURCES = tests/unit/sets/test_state.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_state_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_state_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)
