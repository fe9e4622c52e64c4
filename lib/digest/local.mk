noinst_LIBRARIES += lib/libdigest.a

lib_libdigest_a_SOURCES = \
	lib/digest/classic_data.c \
	lib/digest/classic_data.h \
	lib/digest/copies.c \
	lib/digest/copies.h \
	lib/digest/counting.c \
	lib/digest/counting.h \
	lib/digest/detail.c \
	lib/digest/detail.h \
	lib/digest/detailing.c \
	lib/digest/detailing.h \
	lib/digest/compare.c \
	lib/digest/compare.h \
	lib/digest/digest.c \
	lib/digest/digest.h \
	lib/digest/ends.c \
	lib/digest/ends.h \
	lib/digest/filter.c \
	lib/digest/filter.h \
	lib/digest/gaps.c \
	lib/digest/gaps.h \
	lib/digest/load.c \
	lib/digest/load.h \
	lib/digest/loading.c \
	lib/digest/loading.h \
	lib/digest/measures.c \
	lib/digest/measures.h \
	lib/digest/newcomers.c \
	lib/digest/newcomers.h \
	lib/digest/periods.c \
	lib/digest/periods.h \
	lib/digest/present.c \
	lib/digest/present.h \
	lib/digest/present_people.c \
	lib/digest/present_people.h \
	lib/digest/present_threads.c \
	lib/digest/present_threads.h \
	lib/digest/presenter.c \
	lib/digest/presenter.h \
	lib/digest/sections.c \
	lib/digest/tally.c \
	lib/digest/tally.h \
	lib/digest/touched.c \
	lib/digest/touched.h \
	lib/digest/wanted.c \
	lib/digest/wanted.h
