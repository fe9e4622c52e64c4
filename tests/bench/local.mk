# Benchmarks: make bench, never part of make check.
bench_programs = tests/bench/bench_parse tests/bench/bench_store \
	tests/bench/bench_worst tests/bench/grow tests/bench/measure tests/bench/empty-milter
EXTRA_PROGRAMS += $(bench_programs)
CLEANFILES += $(bench_programs)
bench_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)
bench_mails = tests/bench/mails.h tests/bench/stopwatch.h

tests_bench_bench_parse_SOURCES = tests/bench/bench_parse.c $(bench_mails)
tests_bench_bench_parse_CPPFLAGS = $(bench_cppflags)
tests_bench_bench_parse_LDADD = lib/libarchive.a $(ACTIVITY_LAYER) \
	$(LIBGIT2_LIBS) $(UNPACK_LIBS)

tests_bench_bench_worst_SOURCES = tests/bench/bench_worst.c
tests_bench_bench_worst_CPPFLAGS = $(bench_cppflags)
tests_bench_bench_worst_LDADD = $(ACTIVITY_LAYER)

tests_bench_bench_store_SOURCES = tests/bench/bench_store.c $(bench_mails)
tests_bench_bench_store_CPPFLAGS = $(bench_cppflags)
tests_bench_bench_store_LDADD = lib/libarchive.a $(STORE_LAYER) \
	$(LIBGIT2_LIBS) $(UNPACK_LIBS)

tests_bench_grow_SOURCES = tests/bench/grow.c tests/bench/mails.h
tests_bench_grow_CPPFLAGS = $(bench_cppflags)
tests_bench_grow_LDADD = $(ARCHIVE_LAYER)

tests_bench_measure_SOURCES = tests/bench/measure.c tests/bench/stopwatch.h
tests_bench_measure_CPPFLAGS = $(bench_cppflags)
tests_bench_measure_LDADD = $(GLIB_LIBS)

tests_bench_empty_milter_SOURCES = tests/bench/empty-milter.c
tests_bench_empty_milter_CPPFLAGS = $(bench_cppflags) $(MILTER_CFLAGS)
tests_bench_empty_milter_LDADD = $(MILTER_LIBS)

# BENCH chooses: make bench BENCH='parse digest'; BENCH=against compares with
# the commit REV.
BENCH = parse script import digest memory milter latency
.PHONY: bench
bench: all $(bench_programs)
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
		$(srcdir)/tests/bench/run $(BENCH)

EXTRA_DIST += tests/bench/run tests/bench/against tests/bench/growth tests/bench/peers tests/bench/sides.py tests/bench/RESULTS.md
