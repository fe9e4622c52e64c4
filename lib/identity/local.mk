noinst_LIBRARIES += lib/libidentity.a

lib_libidentity_a_SOURCES = \
	lib/identity/bot.c \
	lib/identity/bot.h \
	lib/identity/domain.c \
	lib/identity/domain.h \
	lib/identity/error.c \
	lib/identity/error.h \
	lib/identity/freemail.c \
	lib/identity/freemail.h \
	lib/identity/identity.c \
	lib/identity/identity.h \
	lib/identity/mailmap.c \
	lib/identity/mailmap.h \
	lib/identity/maintainers.c \
	lib/identity/maintainers.h \
	lib/identity/organisations.c \
	lib/identity/organisations.h
lib_libidentity_a_CFLAGS = $(AM_CFLAGS) $(LIBGIT2_CFLAGS) $(LIBPSL_CFLAGS)
