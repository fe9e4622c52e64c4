# Unit tests of lib/patch: see lib/local.mk for what each may link.
unit_tests += tests/unit/patch/test_body
tests_unit_patch_test_body_SOURCES = tests/unit/patch/test_body.c
tests_unit_patch_test_body_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_body_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_commit
tests_unit_patch_test_commit_SOURCES = tests/unit/patch/test_commit.c
tests_unit_patch_test_commit_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_commit_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_diff
tests_unit_patch_test_diff_SOURCES = tests/unit/patch/test_diff.c
tests_unit_patch_test_diff_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_diff_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_diffstat
tests_unit_patch_test_diffstat_SOURCES = tests/unit/patch/test_diffstat.c
tests_unit_patch_test_diffstat_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_diffstat_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_extent
tests_unit_patch_test_extent_SOURCES = tests/unit/patch/test_extent.c
tests_unit_patch_test_extent_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_extent_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_inbody
tests_unit_patch_test_inbody_SOURCES = tests/unit/patch/test_inbody.c
tests_unit_patch_test_inbody_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_inbody_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_kind
tests_unit_patch_test_kind_SOURCES = tests/unit/patch/test_kind.c \
	tests/unit/patch/post.h
tests_unit_patch_test_kind_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_kind_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_lexicon
tests_unit_patch_test_lexicon_SOURCES = tests/unit/patch/test_lexicon.c
tests_unit_patch_test_lexicon_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_lexicon_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_likeness
tests_unit_patch_test_likeness_SOURCES = tests/unit/patch/test_likeness.c
tests_unit_patch_test_likeness_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_likeness_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_line
tests_unit_patch_test_line_SOURCES = tests/unit/patch/test_line.c
tests_unit_patch_test_line_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_line_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_notice
tests_unit_patch_test_notice_SOURCES = tests/unit/patch/test_notice.c \
	tests/unit/patch/post.h
tests_unit_patch_test_notice_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_notice_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_patchwork
tests_unit_patch_test_patchwork_SOURCES = tests/unit/patch/test_patchwork.c
tests_unit_patch_test_patchwork_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_patchwork_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_sentence
tests_unit_patch_test_sentence_SOURCES = tests/unit/patch/test_sentence.c
tests_unit_patch_test_sentence_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_sentence_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_classic
tests_unit_patch_test_classic_SOURCES = tests/unit/patch/test_classic.c
tests_unit_patch_test_classic_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_classic_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_subject
tests_unit_patch_test_subject_SOURCES = tests/unit/patch/test_subject.c
tests_unit_patch_test_subject_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_subject_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_trailer
tests_unit_patch_test_trailer_SOURCES = tests/unit/patch/test_trailer.c
tests_unit_patch_test_trailer_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_trailer_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_shortlog
tests_unit_patch_test_shortlog_SOURCES = tests/unit/patch/test_shortlog.c
tests_unit_patch_test_shortlog_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_shortlog_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_sketch
tests_unit_patch_test_sketch_SOURCES = tests/unit/patch/test_sketch.c
tests_unit_patch_test_sketch_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_sketch_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)

unit_tests += tests/unit/patch/test_withdrawal
tests_unit_patch_test_withdrawal_SOURCES = tests/unit/patch/test_withdrawal.c
tests_unit_patch_test_withdrawal_CPPFLAGS = $(unit_cppflags)
tests_unit_patch_test_withdrawal_LDADD = $(PATCH_LAYER) $(CMOCKA_LIBS)
