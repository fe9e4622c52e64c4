noinst_LIBRARIES += lib/libmail.a

lib_libmail_a_SOURCES = \
	lib/mail/header.c \
	lib/mail/header.h \
	lib/mail/capture.c \
	lib/mail/capture.h \
	lib/mail/address.h \
	lib/mail/message.h \
	lib/mail/membership.c \
	lib/mail/membership.h \
	lib/mail/list.c \
	lib/mail/list.h
lib_libmail_a_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS)
