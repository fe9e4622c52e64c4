# Whole: shell scripts that speak TAP and start real servers.
check_DATA = tests/support/clock.so
CLEANFILES += tests/support/clock.so
tests/support/clock.so: tests/support/clock.c
	$(AM_V_at)$(MKDIR_P) tests/support
	$(AM_V_CC)$(CC) $(CPPFLAGS) -Wall -Wextra $(CFLAGS) -shared -fPIC \
		-o $@ $(srcdir)/tests/support/clock.c

EXTRA_DIST += tests/run tests/integration/lib.sh tests/support/clock.c \
	tests/support/Mbox.pm tests/support/make-archive \
	tests/support/send-mail tests/support/shapes \
	tests/support/situations tests/support/complete-zsh \
	tests/support/mutual
EXTRA_DIST += tools/get-server tools/install-packages tools/servers.sh
whole_tests = tests/integration/kvm.t tests/integration/sample.t \
	tests/integration/live.t tests/integration/copies.t \
	tests/integration/archive.t tests/integration/passing.t \
	tests/integration/errors.t tests/integration/frozen.t \
	tests/integration/situations.t tests/integration/worlds.t \
	tests/integration/cluster-live.t tests/integration/upgrade.t \
	tests/integration/export.t tests/integration/moving.t \
	tests/integration/readers.t tests/integration/confined.t \
	tests/integration/redis-limit.t \
	tests/integration/completion.t
TESTS += $(whole_tests) tests/docs.t
EXTRA_DIST += $(whole_tests) tests/docs.t

command_tests = \
	tests/integration/shapes.t \
	tests/integration/command-usage.t \
	tests/integration/command-import.t \
	tests/integration/command-digest.t \
	tests/integration/command-several.t \
	tests/integration/command-status.t \
	tests/integration/metrics.t \
	tests/integration/links.t \
	tests/integration/show.t \
	tests/integration/by-date.t \
	tests/integration/agree.t \
	tests/integration/command-cluster.t \
	tests/integration/publish.t \
	tests/integration/browser.t \
	tests/integration/digest-mail.t \
	tests/integration/units.t \
	tests/integration/private-redis.t \
	tests/integration/watch.t
TESTS += $(command_tests)
EXTRA_DIST += $(command_tests) tests/integration/command.sh \
	tests/integration/cluster.sh \
	tests/support/agree.py tests/support/site

# README's lines in booted machines of Debian 12 and 13; takes many minutes.
EXTRA_DIST += tests/install
.PHONY: install-test portability
install-test:
	$(srcdir)/tests/install/run all

# 32 bits, and bytes the other way round.
portability:
	$(srcdir)/tests/install/portability

# What depends on Redis, with the server that is named.
redis_tests = \
	tests/unit/digest/test_gather tests/unit/digest/test_order \
	tests/unit/digest/test_recount tests/unit/store/test_store \
	tests/unit/store/test_topologies tests/unit/store/test_trouble \
	tests/integration/sample.t tests/integration/situations.t \
	tests/integration/private-redis.t tests/integration/command-import.t \
	tests/integration/command-cluster.t tests/integration/cluster-live.t
EXTRA_DIST += tests/support/with-redis
.PHONY: check-redis
check-redis: all
	$(srcdir)/tests/support/with-redis \
		"$${LISTPULSE_REDIS_SERVER:?names the server to test with}" \
		$(MAKE) check TESTS='$(redis_tests)'

# Plays an MTA, also one that no MTA would be.
check_PROGRAMS += tests/support/milter-client
tests_support_milter_client_SOURCES = tests/support/milter_client.c \
	tests/support/milter_drive.c tests/support/milter_drive.h \
	tests/support/milter_wire.c tests/support/milter_wire.h
tests_support_milter_client_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_support_milter_client_LDADD = $(GLIB_LIBS)

check_DATA += tests/support/crash.so
CLEANFILES += tests/support/crash.so
tests/support/crash.so: tests/support/crash.c
	$(AM_V_at)$(MKDIR_P) tests/support
	$(AM_V_CC)$(CC) $(CPPFLAGS) -Wall -Wextra $(CFLAGS) -shared -fPIC \
		-o $@ $(srcdir)/tests/support/crash.c

milter_tests = \
	tests/integration/places.t \
	tests/integration/rights.t \
	tests/integration/milter-options.t \
	tests/integration/milter-protocol.t \
	tests/integration/milter-reload.t \
	tests/integration/milter-retain.t \
	tests/integration/milter-stop.t
TESTS += $(milter_tests)
EXTRA_DIST += $(milter_tests) tests/integration/milter.sh \
	tests/support/crash.c

# Live captures against imported ones.
check_PROGRAMS += tests/support/captured
tests_support_captured_SOURCES = tests/support/captured.c
tests_support_captured_LDADD = lib/libjournal.a $(MAIL_LAYER) $(SQLITE_LIBS)
TESTS += tests/integration/capture.t
EXTRA_DIST += tests/integration/capture.t

# Races: under load and abuse, with 200 reloads, in a build of its own with
# clang's ThreadSanitizer. What it reports ends the process, and so fails the
# test. GSlice hands memory from thread to thread in a way that it cannot see,
# so that is switched off; nothing is suppressed. (Stops are left out: there
# libmilter's own threads race for a mutex of its own that one of them ends.)
tsan_tests = tests/integration/milter-reload.t \
	tests/integration/milter-protocol.t
.PHONY: tsan
tsan:
	$(MKDIR_P) tsan
	cd tsan && { test -f Makefile || $(abs_top_srcdir)/configure \
		CC=clang --enable-werror --enable-sanitizers=thread; }
	$(MAKE) -C tsan all tests/support/milter-client
	TSAN_OPTIONS=halt_on_error=1 G_SLICE=always-malloc \
		$(MAKE) -C tsan check-TESTS check_PROGRAMS= check_LIBRARIES= \
		check_DATA= TESTS='$(tsan_tests)'

# Hashes of many digests: whether a change that should change no output has.
# Kept out of make check, since others are meant to change it; its head says
# how to renew.
.PHONY: golden
golden: all
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
		$(srcdir)/tests/integration/golden
EXTRA_DIST += tests/integration/golden tests/data/golden

# Needs chromium and chromium-driver; part of make check where they are.
.PHONY: browser
browser: all
	$(MAKE) check TESTS=tests/integration/browser.t
