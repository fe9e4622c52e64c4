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

unit_tests += tests/unit/sets/test_branch_tags
tests_unit_sets_test_branch_tags_SOURCES = tests/unit/sets/test_branch_tags.c
tests_unit_sets_test_branch_tags_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_branch_tags_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

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

unit_tests += tests/unit/sets/test_threads
tests_unit_sets_test_threads_SOURCES = tests/unit/sets/test_threads.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_threads_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_threads_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_selection
tests_unit_sets_test_selection_SOURCES = tests/unit/sets/test_selection.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_selection_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_selection_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_repeated
tests_unit_sets_test_repeated_SOURCES = tests/unit/sets/test_repeated.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_repeated_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_repeated_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_pulled
tests_unit_sets_test_pulled_SOURCES = tests/unit/sets/test_pulled.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_pulled_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_pulled_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_title_groups
tests_unit_sets_test_title_groups_SOURCES = tests/unit/sets/test_title_groups.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_title_groups_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_title_groups_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_answers
tests_unit_sets_test_answers_SOURCES = tests/unit/sets/test_answers.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_answers_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_answers_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_authorship
tests_unit_sets_test_authorship_SOURCES = tests/unit/sets/test_authorship.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_authorship_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_authorship_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_reviews
tests_unit_sets_test_reviews_SOURCES = tests/unit/sets/test_reviews.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_reviews_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_reviews_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_draft
tests_unit_sets_test_draft_SOURCES = tests/unit/sets/test_draft.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_draft_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_draft_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_people
tests_unit_sets_test_people_SOURCES = tests/unit/sets/test_people.c
tests_unit_sets_test_people_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_people_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_shared_lines
tests_unit_sets_test_shared_lines_SOURCES = tests/unit/sets/test_shared_lines.c
tests_unit_sets_test_shared_lines_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_shared_lines_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)
