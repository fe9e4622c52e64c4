noinst_LIBRARIES += lib/libjournal.a

lib_libjournal_a_SOURCES = \
	lib/journal/journal.h
lib_libjournal_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
