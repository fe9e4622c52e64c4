noinst_LIBRARIES += lib/libgather.a

lib_libgather_a_SOURCES = \
	lib/gather/gather.c \
	lib/gather/gather.h \
	lib/gather/gather_kin.c \
	lib/gather/gather_sets.c \
	lib/gather/gather_sets.h \
	lib/gather/internal.h \
	lib/gather/interval_rows.c \
	lib/gather/interval_rows.h
