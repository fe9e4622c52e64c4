noinst_LIBRARIES += lib/libreport.a

lib_libreport_a_SOURCES = \
	lib/report/digest.h \
	lib/report/renderer.h \
	lib/report/load.h
lib_libreport_a_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
