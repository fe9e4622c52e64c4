noinst_LIBRARIES += lib/libstore.a

lib_libstore_a_SOURCES = \
	lib/store/store.h
lib_libstore_a_CFLAGS = $(AM_CFLAGS) $(HIREDIS_CFLAGS) $(ZSTD_CFLAGS)
