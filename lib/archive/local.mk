noinst_LIBRARIES += lib/libarchive.a

lib_libarchive_a_SOURCES = \
	lib/archive/archive.h
