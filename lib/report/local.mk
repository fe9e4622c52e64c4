noinst_LIBRARIES += lib/libreport.a

lib_libreport_a_SOURCES = \
	lib/report/digest.c \
	lib/report/digest.h \
	lib/report/renderer.c \
	lib/report/renderer.h \
	lib/report/wording.c \
	lib/report/wording.h \
	lib/report/text.c \
	lib/report/classic.c \
	lib/report/json.c \
	lib/report/markdown.c \
	lib/report/html.c \
	lib/report/load.h
lib_libreport_a_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
