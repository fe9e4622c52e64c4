noinst_LIBRARIES += lib/libsets.a

lib_libsets_a_SOURCES = \
	lib/sets/applied.c \
	lib/sets/applied.h \
	lib/sets/branch.c \
	lib/sets/branch.h \
	lib/sets/build.c \
	lib/sets/build.h \
	lib/sets/content.c \
	lib/sets/content.h \
	lib/sets/people.c \
	lib/sets/people.h \
	lib/sets/growing.c \
	lib/sets/growing.h \
	lib/sets/notices.c \
	lib/sets/notices.h \
	lib/sets/outcome.c \
	lib/sets/outcome.h \
	lib/sets/part_flags.c \
	lib/sets/part_flags.h \
	lib/sets/pulled.c \
	lib/sets/pulled.h \
	lib/sets/repeated.c \
	lib/sets/repeated.h \
	lib/sets/revision.c \
	lib/sets/revision.h \
	lib/sets/revision_alike.c \
	lib/sets/revision_choose.c \
	lib/sets/revision_private.h \
	lib/sets/reword.c \
	lib/sets/reword.h \
	lib/sets/selection.c \
	lib/sets/selection.h \
	lib/sets/series.c \
	lib/sets/series.h \
	lib/sets/series_mend.c \
	lib/sets/series_mend.h \
	lib/sets/sets.c \
	lib/sets/sets.h \
	lib/sets/subjects.c \
	lib/sets/subjects.h \
	lib/sets/thread.c \
	lib/sets/thread.h \
	lib/sets/titles.c \
	lib/sets/titles.h
