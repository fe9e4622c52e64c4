noinst_LIBRARIES += lib/libbase.a

lib_libbase_a_SOURCES = \
	lib/base/archive_url.c \
	lib/base/archive_url.h \
	lib/base/banned.h \
	lib/base/bytes.c \
	lib/base/bytes.h \
	lib/base/chains.c \
	lib/base/chains.h \
	lib/base/gap.c \
	lib/base/gap.h \
	lib/base/hex.c \
	lib/base/hex.h \
	lib/base/interval.c \
	lib/base/interval.h \
	lib/base/list_id.c \
	lib/base/list_id.h \
	lib/base/map.c \
	lib/base/map.h \
	lib/base/moment.c \
	lib/base/moment.h \
	lib/base/settings.c \
	lib/base/settings.h \
	lib/base/settings_keys.c \
	lib/base/settings_keys.h \
	lib/base/settings_source.c \
	lib/base/settings_source.h \
	lib/base/sha.c \
	lib/base/sha.h \
	lib/base/text.c \
	lib/base/text.h
lib_libbase_a_CFLAGS = $(AM_CFLAGS) $(CONFUSE_CFLAGS) $(NETTLE_CFLAGS)
