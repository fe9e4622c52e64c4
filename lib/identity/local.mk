noinst_LIBRARIES += lib/libidentity.a

lib_libidentity_a_SOURCES = \
	lib/identity/identity.h
lib_libidentity_a_CFLAGS = $(AM_CFLAGS) $(LIBGIT2_CFLAGS) $(LIBPSL_CFLAGS)
