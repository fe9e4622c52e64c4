TEST_EXTENSIONS = .t
TAP_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh --merge
LOG_DRIVER = $(TAP_DRIVER)
T_LOG_DRIVER = $(TAP_DRIVER)
LOG_COMPILER = $(top_srcdir)/tests/support/run-unit
AM_TESTS_ENVIRONMENT = \
	CMOCKA_MESSAGE_OUTPUT=TAP G_DEBUG=fatal-warnings \
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	fuzz_targets='$(fuzz_targets)' \
	LISTPULSE_CORPUS="$${LISTPULSE_CORPUS:-$(abs_top_srcdir)/../shared/corpus}"; \
	export CMOCKA_MESSAGE_OUTPUT G_DEBUG top_srcdir top_builddir \
	fuzz_targets LISTPULSE_CORPUS;

# First, since it takes longest: the others run beside it under make -j.
include tests/faults/local.mk

# Unit: one program a module, linked with its layer and nothing above it.
unit_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
unit_tests =

include tests/unit/base/local.mk
include tests/unit/journal/local.mk
include tests/unit/mail/local.mk
include tests/unit/archive/local.mk
include tests/unit/patch/local.mk
include tests/unit/identity/local.mk
include tests/unit/activity/local.mk
include tests/unit/store/local.mk
include tests/unit/sets/local.mk
include tests/unit/gather/local.mk
include tests/unit/digest/local.mk
include tests/unit/render/local.mk
include tests/unit/publish/local.mk
include tests/unit/milter/local.mk
include tests/unit/command/local.mk

if UNIT_TESTS
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
endif

include tests/fuzz/local.mk
include tests/data/local.mk
include tests/integration/local.mk
include tests/bench/local.mk
include tests/truth/local.mk

TESTS += tests/layers.t tests/wired.t
EXTRA_DIST += tests/layers.t tests/wired.t tests/support/run-unit tests/support/unit.h tests/support/mail.h

# What needs no server: the unit tests, the layers, the kept fuzz inputs.
# check-programs only builds.
.PHONY: check-unit check-programs
check-unit: all
	$(MAKE) check TESTS='tests/layers.t tests/wired.t $(unit_tests) $(fuzz_replay)'
check-programs: $(check_PROGRAMS) $(check_LIBRARIES) $(check_DATA)
