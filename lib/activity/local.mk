noinst_LIBRARIES += lib/libactivity.a

lib_libactivity_a_SOURCES = \
	lib/activity/activity.c \
	lib/activity/activity.h \
	lib/activity/author.c \
	lib/activity/author.h \
	lib/activity/credit.c \
	lib/activity/credit.h \
	lib/activity/defects.c \
	lib/activity/defects.h \
	lib/activity/fingerprint.c \
	lib/activity/fingerprint.h \
	lib/activity/link.c \
	lib/activity/link.h \
	lib/activity/links.c \
	lib/activity/links.h \
	lib/activity/mention.c \
	lib/activity/mention.h \
	lib/activity/record.c \
	lib/activity/record.h \
	lib/activity/record_fields.c \
	lib/activity/record_fields.h
