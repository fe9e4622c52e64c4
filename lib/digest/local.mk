noinst_LIBRARIES += lib/libdigest.a

lib_libdigest_a_SOURCES = \
	lib/digest/digest.c \
	lib/digest/digest.h \
	lib/digest/ends.c \
	lib/digest/ends.h \
	lib/digest/load.c \
	lib/digest/load.h \
	lib/digest/present.c \
	lib/digest/present.h \
	lib/digest/sample.c \
	lib/digest/sample.h \
	lib/digest/sections.c \
	lib/digest/tally.c \
	lib/digest/tally.h
