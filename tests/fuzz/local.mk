# Fuzz: libFuzzer under --enable-fuzzers, else a replay of the kept inputs.
# A target is fuzz_NAME.c here, its corpus the folder corpus/NAME. Five lines:
#   fuzz_targets += tests/fuzz/fuzz_subject
#   tests_fuzz_fuzz_subject_SOURCES = tests/fuzz/fuzz_subject.c $(fuzz_main)
#   tests_fuzz_fuzz_subject_CPPFLAGS = $(fuzz_cppflags)
#   tests_fuzz_fuzz_subject_LDFLAGS = $(fuzz_ldflags)
#   tests_fuzz_fuzz_subject_LDADD = $(PATCH_LAYER)
fuzz_targets =
fuzz_targets += tests/fuzz/fuzz_subject
tests_fuzz_fuzz_subject_SOURCES = tests/fuzz/fuzz_subject.c $(fuzz_main)
tests_fuzz_fuzz_subject_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_subject_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_subject_LDADD = $(PATCH_LAYER)
fuzz_targets += tests/fuzz/fuzz_activity
tests_fuzz_fuzz_activity_SOURCES = tests/fuzz/fuzz_activity.c $(fuzz_main)
tests_fuzz_fuzz_activity_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_activity_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_activity_LDADD = $(ACTIVITY_LAYER)

fuzz_targets += tests/fuzz/fuzz_record
tests_fuzz_fuzz_record_SOURCES = tests/fuzz/fuzz_record.c $(fuzz_main)
tests_fuzz_fuzz_record_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_record_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_record_LDADD = $(ACTIVITY_LAYER)
fuzz_targets += tests/fuzz/fuzz_exported
tests_fuzz_fuzz_exported_SOURCES = tests/fuzz/fuzz_exported.c \
	command/exported.c command/exported_read.c $(fuzz_main)
tests_fuzz_fuzz_exported_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_exported_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_exported_LDADD = $(STORE_LAYER) $(JANSSON_LIBS)
fuzz_targets += tests/fuzz/fuzz_book
tests_fuzz_fuzz_book_SOURCES = tests/fuzz/fuzz_book.c $(fuzz_main)
tests_fuzz_fuzz_book_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_book_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_book_LDADD = $(PUBLISH_LAYER)
fuzz_targets += tests/fuzz/fuzz_body
tests_fuzz_fuzz_body_SOURCES = tests/fuzz/fuzz_body.c $(fuzz_main)
tests_fuzz_fuzz_body_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_body_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_body_LDADD = $(PATCH_LAYER)
fuzz_targets += tests/fuzz/fuzz_diffstat
tests_fuzz_fuzz_diffstat_SOURCES = tests/fuzz/fuzz_diffstat.c $(fuzz_main)
tests_fuzz_fuzz_diffstat_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_diffstat_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_diffstat_LDADD = $(PATCH_LAYER)
fuzz_targets += tests/fuzz/fuzz_inbody
tests_fuzz_fuzz_inbody_SOURCES = tests/fuzz/fuzz_inbody.c $(fuzz_main)
tests_fuzz_fuzz_inbody_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_inbody_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_inbody_LDADD = $(PATCH_LAYER)
fuzz_targets += tests/fuzz/fuzz_trailer
tests_fuzz_fuzz_trailer_SOURCES = tests/fuzz/fuzz_trailer.c $(fuzz_main)
tests_fuzz_fuzz_trailer_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_trailer_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_trailer_LDADD = $(PATCH_LAYER)
fuzz_targets += tests/fuzz/fuzz_withdrawal
tests_fuzz_fuzz_withdrawal_SOURCES = tests/fuzz/fuzz_withdrawal.c $(fuzz_main)
tests_fuzz_fuzz_withdrawal_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_withdrawal_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_withdrawal_LDADD = $(PATCH_LAYER)
fuzz_targets += tests/fuzz/fuzz_interval
tests_fuzz_fuzz_interval_SOURCES = tests/fuzz/fuzz_interval.c $(fuzz_main)
tests_fuzz_fuzz_interval_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_interval_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_interval_LDADD = $(BASE_LAYER)
fuzz_targets += tests/fuzz/fuzz_settings
tests_fuzz_fuzz_settings_SOURCES = tests/fuzz/fuzz_settings.c $(fuzz_main)
tests_fuzz_fuzz_settings_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_settings_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_settings_LDADD = $(BASE_LAYER)
fuzz_targets += tests/fuzz/fuzz_text
tests_fuzz_fuzz_text_SOURCES = tests/fuzz/fuzz_text.c $(fuzz_main)
tests_fuzz_fuzz_text_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_text_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_text_LDADD = $(BASE_LAYER)
fuzz_targets += tests/fuzz/fuzz_mailmap
tests_fuzz_fuzz_mailmap_SOURCES = tests/fuzz/fuzz_mailmap.c $(fuzz_main)
tests_fuzz_fuzz_mailmap_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_mailmap_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_mailmap_LDADD = $(IDENTITY_LAYER)
fuzz_targets += tests/fuzz/fuzz_organisations
tests_fuzz_fuzz_organisations_SOURCES = tests/fuzz/fuzz_organisations.c $(fuzz_main)
tests_fuzz_fuzz_organisations_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_organisations_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_organisations_LDADD = $(IDENTITY_LAYER)
fuzz_targets += tests/fuzz/fuzz_mail
tests_fuzz_fuzz_mail_SOURCES = tests/fuzz/fuzz_mail.c $(fuzz_main)
tests_fuzz_fuzz_mail_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_mail_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_mail_LDADD = $(MAIL_LAYER)
fuzz_targets += tests/fuzz/fuzz_mbox
tests_fuzz_fuzz_mbox_SOURCES = tests/fuzz/fuzz_mbox.c $(fuzz_main)
tests_fuzz_fuzz_mbox_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_mbox_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_mbox_LDADD = $(ARCHIVE_LAYER)
fuzz_targets += tests/fuzz/fuzz_objects
tests_fuzz_fuzz_objects_SOURCES = tests/fuzz/fuzz_objects.c $(fuzz_main)
tests_fuzz_fuzz_objects_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_objects_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_objects_LDADD = $(ARCHIVE_LAYER)
fuzz_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)
fuzz_ldflags = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_environment = top_srcdir='$(abs_top_srcdir)' \
	top_builddir='$(abs_top_builddir)' fuzz_targets='$(fuzz_targets)'
if FUZZERS
fuzz_main = tests/fuzz/limit.c
fuzz_replay =
else
fuzz_main = tests/fuzz/limit.c tests/fuzz/replay.c
fuzz_replay = tests/fuzz/replay.t
TESTS += $(fuzz_replay)
endif

check_PROGRAMS += $(fuzz_targets)
EXTRA_DIST += tests/fuzz/fuzz.h tests/fuzz/limit.c tests/fuzz/replay.c \
	tests/fuzz/replay.t tests/fuzz/run \
	tests/fuzz/corpus

# FUZZ_SECONDS=60 a target, or FUZZ_RUNS; FUZZ_TARGETS chooses.
.PHONY: fuzz
fuzz: $(fuzz_targets)
	$(fuzz_environment) $(srcdir)/tests/fuzz/run
