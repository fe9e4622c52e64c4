noinst_LIBRARIES += lib/libjournal.a

lib_libjournal_a_SOURCES = \
	lib/journal/database.c \
	lib/journal/database.h \
	lib/journal/health.c \
	lib/journal/health.h \
	lib/journal/journal.c \
	lib/journal/journal.h \
	lib/journal/journal_gaps.c \
	lib/journal/journal_gaps.h \
	lib/journal/journal_origin.c \
	lib/journal/journal_origin.h \
	lib/journal/journal_positions.c \
	lib/journal/journal_positions.h \
	lib/journal/journal_rescue.c \
	lib/journal/journal_rescue.h \
	lib/journal/journal_rows.c \
	lib/journal/journal_rows.h \
	lib/journal/journal_size.c \
	lib/journal/journal_size.h
lib_libjournal_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
