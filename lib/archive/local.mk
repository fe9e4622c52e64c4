noinst_LIBRARIES += lib/libarchive.a

lib_libarchive_a_SOURCES = \
	lib/archive/archive.c \
	lib/archive/archive.h \
	lib/archive/commit.c \
	lib/archive/commit.h \
	lib/archive/delta.c \
	lib/archive/delta.h \
	lib/archive/epoch.c \
	lib/archive/epoch.h \
	lib/archive/git.c \
	lib/archive/maildir.c \
	lib/archive/mbox.c \
	lib/archive/objects.c \
	lib/archive/objects.h \
	lib/archive/pack.c \
	lib/archive/pack.h \
	lib/archive/plain.c \
	lib/archive/plain.h \
	lib/archive/source.h \
	lib/archive/unchanged.c \
	lib/archive/unpack.c \
	lib/archive/unpack.h
lib_libarchive_a_CFLAGS = $(AM_CFLAGS) $(LIBGIT2_CFLAGS) $(ZLIB_CFLAGS) $(LZMA_CFLAGS) \
	$(ZSTD_CFLAGS) $(LIBDEFLATE_CFLAGS)
