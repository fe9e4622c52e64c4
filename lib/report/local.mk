noinst_LIBRARIES += lib/libreport.a

lib_libreport_a_SOURCES = \
	lib/report/digest.c \
	lib/report/digest.h \
	lib/report/renderer.c \
	lib/report/renderer.h \
	lib/report/content.c \
	lib/report/content.h \
	lib/report/crowd.c \
	lib/report/crowd.h \
	lib/report/tally.c \
	lib/report/tally.h \
	lib/report/assembly.c \
	lib/report/assembly.h \
	lib/report/subjects.c \
	lib/report/subjects.h \
	lib/report/thread.c \
	lib/report/thread.h \
	lib/report/titles.c \
	lib/report/titles.h \
	lib/report/series.c \
	lib/report/series.h \
	lib/report/revision.c \
	lib/report/revision.h \
	lib/report/pulled.c \
	lib/report/pulled.h \
	lib/report/reword.c \
	lib/report/reword.h \
	lib/report/applied.c \
	lib/report/applied.h \
	lib/report/part_flags.c \
	lib/report/part_flags.h \
	lib/report/outcome.c \
	lib/report/outcome.h \
	lib/report/wording.c \
	lib/report/wording.h \
	lib/report/text.c \
	lib/report/classic.c \
	lib/report/json.c \
	lib/report/markdown.c \
	lib/report/html.c \
	lib/report/gather.c \
	lib/report/gather.h \
	lib/report/gather_kin.c \
	lib/report/gather_private.h \
	lib/report/present.c \
	lib/report/present.h \
	lib/report/sample.c \
	lib/report/sample.h \
	lib/report/span.c \
	lib/report/span.h \
	lib/report/load.c \
	lib/report/load.h
lib_libreport_a_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
