noinst_LIBRARIES += lib/libpatch.a

lib_libpatch_a_SOURCES = \
	lib/patch/subject.c \
	lib/patch/subject.h \
	lib/patch/body.h \
	lib/patch/trailer.h \
	lib/patch/kind.h \
	lib/patch/notice.h
