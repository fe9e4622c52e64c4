noinst_LIBRARIES += lib/libpatch.a

lib_libpatch_a_SOURCES = \
	lib/patch/body.c \
	lib/patch/body.h \
	lib/patch/classic.c \
	lib/patch/classic.h \
	lib/patch/commit.c \
	lib/patch/commit.h \
	lib/patch/diff.c \
	lib/patch/diff.h \
	lib/patch/diffstat.c \
	lib/patch/diffstat.h \
	lib/patch/extent.c \
	lib/patch/extent.h \
	lib/patch/inbody.c \
	lib/patch/inbody.h \
	lib/patch/kind.c \
	lib/patch/kind.h \
	lib/patch/lexicon.c \
	lib/patch/lexicon.h \
	lib/patch/likeness.c \
	lib/patch/likeness.h \
	lib/patch/line.c \
	lib/patch/line.h \
	lib/patch/notice.c \
	lib/patch/notice.h \
	lib/patch/patchwork.c \
	lib/patch/patchwork.h \
	lib/patch/prose.c \
	lib/patch/prose.h \
	lib/patch/sentence.c \
	lib/patch/sentence.h \
	lib/patch/shortlog.c \
	lib/patch/shortlog.h \
	lib/patch/sketch.c \
	lib/patch/sketch.h \
	lib/patch/span.h \
	lib/patch/subject.c \
	lib/patch/subject.h \
	lib/patch/subject_group.c \
	lib/patch/subject_group.h \
	lib/patch/trailer.c \
	lib/patch/trailer.h
