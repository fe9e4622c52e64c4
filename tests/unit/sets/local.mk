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

unit_tests += tests/unit/sets/test_heads
tests_unit_sets_test_heads_SOURCES = tests/unit/sets/test_heads.c
tests_unit_sets_test_heads_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_heads_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

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
	tests/unit/sets/posts.c tests/unit/sets/posts.h \
	tests/unit/sets/situations.c tests/unit/sets/situations.h
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

unit_tests += tests/unit/sets/test_series
tests_unit_sets_test_series_SOURCES = tests/unit/sets/test_series.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h \
	tests/unit/sets/situations.c tests/unit/sets/situations.h
tests_unit_sets_test_series_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_series_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_series_repair
tests_unit_sets_test_series_repair_SOURCES = tests/unit/sets/test_series_repair.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h \
	tests/unit/sets/situations.c tests/unit/sets/situations.h
tests_unit_sets_test_series_repair_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_series_repair_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_applied
tests_unit_sets_test_applied_SOURCES = tests/unit/sets/test_applied.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h \
	tests/unit/sets/situations.c tests/unit/sets/situations.h
tests_unit_sets_test_applied_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_applied_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_revision
tests_unit_sets_test_revision_SOURCES = tests/unit/sets/test_revision.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h \
	tests/unit/sets/situations.c tests/unit/sets/situations.h
tests_unit_sets_test_revision_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_revision_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_build
tests_unit_sets_test_build_SOURCES = tests/unit/sets/test_build.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h \
	tests/unit/sets/situations.c tests/unit/sets/situations.h
tests_unit_sets_test_build_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_build_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_subject_cache
tests_unit_sets_test_subject_cache_SOURCES = tests/unit/sets/test_subject_cache.c
tests_unit_sets_test_subject_cache_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_subject_cache_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_part_flags
tests_unit_sets_test_part_flags_SOURCES = tests/unit/sets/test_part_flags.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_part_flags_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_part_flags_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_notices
tests_unit_sets_test_notices_SOURCES = tests/unit/sets/test_notices.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_notices_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_notices_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_revision_pair
tests_unit_sets_test_revision_pair_SOURCES = tests/unit/sets/test_revision_pair.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h \
	tests/unit/sets/pair.c tests/unit/sets/pair.h
tests_unit_sets_test_revision_pair_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_revision_pair_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_revision_choose
tests_unit_sets_test_revision_choose_SOURCES = tests/unit/sets/test_revision_choose.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_revision_choose_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_revision_choose_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_evidence_sure
tests_unit_sets_test_evidence_sure_SOURCES = tests/unit/sets/test_evidence_sure.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h \
	tests/unit/sets/pair.c tests/unit/sets/pair.h
tests_unit_sets_test_evidence_sure_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_evidence_sure_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_evidence_parts
tests_unit_sets_test_evidence_parts_SOURCES = tests/unit/sets/test_evidence_parts.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h \
	tests/unit/sets/pair.c tests/unit/sets/pair.h
tests_unit_sets_test_evidence_parts_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_evidence_parts_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_evidence_guess
tests_unit_sets_test_evidence_guess_SOURCES = tests/unit/sets/test_evidence_guess.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h \
	tests/unit/sets/pair.c tests/unit/sets/pair.h
tests_unit_sets_test_evidence_guess_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_evidence_guess_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_reroll
tests_unit_sets_test_reroll_SOURCES = tests/unit/sets/test_reroll.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_reroll_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_reroll_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/sets/test_updates
tests_unit_sets_test_updates_SOURCES = tests/unit/sets/test_updates.c \
	tests/unit/sets/posts.c tests/unit/sets/posts.h
tests_unit_sets_test_updates_CPPFLAGS = $(unit_cppflags)
tests_unit_sets_test_updates_LDADD = $(SETS_LAYER) $(CMOCKA_LIBS)
