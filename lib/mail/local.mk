noinst_LIBRARIES += lib/libmail.a

lib_libmail_a_SOURCES = \
	lib/mail/header.c \
	lib/mail/header.h \
	lib/mail/capture.c \
	lib/mail/compose.c \
	lib/mail/compose.h \
	lib/mail/capture.h \
	lib/mail/charset.c \
	lib/mail/charset.h \
	lib/mail/date.c \
	lib/mail/date.h \
	lib/mail/words.c \
	lib/mail/words.h \
	lib/mail/address.c \
	lib/mail/address.h \
	lib/mail/flowed.c \
	lib/mail/flowed.h \
	lib/mail/html.c \
	lib/mail/html.h \
	lib/mail/parts.c \
	lib/mail/parts.h \
	lib/mail/prune.c \
	lib/mail/prune.h \
	lib/mail/message.c \
	lib/mail/message.h \
	lib/mail/membership.c \
	lib/mail/membership.h \
	lib/mail/list.c \
	lib/mail/list.h
lib_libmail_a_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS)
