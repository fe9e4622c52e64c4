# How right the rules are on labelled mail: make truth, never part of make check.
EXTRA_PROGRAMS += tests/truth/notices
CLEANFILES += tests/truth/notices

tests_truth_notices_SOURCES = tests/truth/notices.c
tests_truth_notices_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_truth_notices_LDADD = lib/libarchive.a $(SETS_LAYER) $(LIBGIT2_LIBS) \
	$(UNPACK_LIBS)

.PHONY: truth
truth: tests/truth/notices
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
		$(srcdir)/tests/truth/run

EXTRA_DIST += tests/truth/run tests/truth/notices.tsv tests/truth/sets.tsv \
	tests/truth/README.md tests/truth/RESULTS.md
