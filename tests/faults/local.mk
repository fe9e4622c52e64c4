# The fault laboratory: `make soak` for long, a short run in make check.
check_PROGRAMS += tests/faults/counted
tests_faults_counted_SOURCES = tests/faults/counted.c
tests_faults_counted_LDADD = $(STORE_LAYER)
if HAVE_FUSE
check_PROGRAMS += tests/faults/forgetful-disk
tests_faults_forgetful_disk_SOURCES = tests/faults/forgetful_disk.c
tests_faults_forgetful_disk_CPPFLAGS = $(AM_CPPFLAGS) $(FUSE_CFLAGS)
tests_faults_forgetful_disk_LDADD = $(GLIB_LIBS) $(FUSE_LIBS)
endif
TESTS += tests/faults/faults.t tests/faults/journal.t tests/faults/set-back.t \
	tests/faults/handover.t tests/faults/nodes.t tests/faults/status.t \
	tests/faults/disk.t tests/faults/powercut.t tests/faults/upgrade.t
EXTRA_DIST += tests/faults/lab tests/faults/traffic tests/faults/oracle \
	tests/faults/judge tests/faults/judge.sh tests/faults/journal.t \
	tests/faults/set-back.t tests/faults/handover.t \
	tests/faults/nodes.t tests/faults/list-state tests/faults/status.t \
	tests/faults/disk.t tests/faults/powercut tests/faults/powercut.t \
	tests/faults/faults.t tests/faults/upgrade.t tests/faults/endurance \
	tests/faults/away \
	tests/faults/RESULTS.md

# Half an hour and more: SOAK_FAULTS faults at SOAK_RATE mails a second. Then
# SOAK_MAILS straight at the milter: memory and open files must not grow.
SOAK_FAULTS = 1200
SOAK_RATE = 65
SOAK_MAILS = 1000000
soak: all tests/faults/counted tests/support/milter-client
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	$(top_srcdir)/tests/faults/lab --faults $(SOAK_FAULTS) \
		--rate $(SOAK_RATE) --report soak.md
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	$(top_srcdir)/tests/faults/lab --faults 100 --rate 30 --sentinel \
		--report soak-sentinel.md
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	$(top_srcdir)/tests/faults/lab --faults 100 --rate 30 --cluster \
		--report soak-cluster.md
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	$(top_srcdir)/tests/faults/endurance --mails $(SOAK_MAILS) \
		--report endurance.md
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	$(top_srcdir)/tests/faults/upgrade.t
	$(MAKE) powercut

# An hour without Redis at 200 mails a second, as fast as the machine can.
AWAY_SECONDS = 3600
away: all $(check_PROGRAMS)
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	$(top_srcdir)/tests/faults/away --seconds $(AWAY_SECONDS) --report away.md

# Power cuts at random moments, on an ext4 of its own (as root).
POWER_CUTS = 60
powercut: all $(check_PROGRAMS)
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	$(top_srcdir)/tests/faults/powercut --cuts $(POWER_CUTS)
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	$(top_srcdir)/tests/faults/powercut --cuts $(POWER_CUTS) --sync full
.PHONY: soak powercut away
CLEANFILES += soak.md soak-sentinel.md soak-cluster.md endurance.md
