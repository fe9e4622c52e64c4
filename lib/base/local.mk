noinst_LIBRARIES += lib/libbase.a

lib_libbase_a_SOURCES = \
	lib/base/settings.h \
	lib/base/interval.h \
	lib/base/text.h \
	lib/base/bytes.h \
	lib/base/hex.h
lib_libbase_a_CFLAGS = $(AM_CFLAGS) $(CONFUSE_CFLAGS)
