noinst_LIBRARIES += lib/librender.a

lib_librender_a_SOURCES = \
	lib/render/atom.c \
	lib/render/chart.c \
	lib/render/chart.h \
	lib/render/classic.c \
	lib/render/csv.c \
	lib/render/html.c \
	lib/render/html_hours.c \
	lib/render/html_hours.h \
	lib/render/html_measures.c \
	lib/render/html_measures.h \
	lib/render/html_style.c \
	lib/render/html_style.h \
	lib/render/html_text.c \
	lib/render/html_text.h \
	lib/render/json.c \
	lib/render/markdown.c \
	lib/render/page.c \
	lib/render/page.h \
	lib/render/renderer.c \
	lib/render/renderer.h \
	lib/render/rfc1153.c \
	lib/render/site.c \
	lib/render/site.h \
	lib/render/site_index.c \
	lib/render/site_look.c \
	lib/render/site_set.c \
	lib/render/text.c \
	lib/render/value.c \
	lib/render/value.h \
	lib/render/phrases.c \
	lib/render/phrases.h
lib_librender_a_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
