# The fault laboratory: `make soak` for long, a short run in make check.
check_PROGRAMS += tests/faults/counted
tests_faults_counted_SOURCES = tests/faults/counted.c
tests_faults_counted_LDADD = $(STORE_LAYER)
EXTRA_DIST += tests/faults/lab tests/faults/traffic tests/faults/oracle
