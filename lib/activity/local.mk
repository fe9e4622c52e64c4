noinst_LIBRARIES += lib/libactivity.a

lib_libactivity_a_SOURCES = \
	lib/activity/activity.h \
	lib/activity/record.c \
	lib/activity/record.h \
	lib/activity/link.c \
	lib/activity/link.h
