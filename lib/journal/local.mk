noinst_LIBRARIES += lib/libjournal.a

lib_libjournal_a_SOURCES = \
	lib/journal/health.c \
	lib/journal/health.h \
	lib/journal/journal.c \
	lib/journal/journal.h
lib_libjournal_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
