noinst_LIBRARIES += lib/libpublish.a

lib_libpublish_a_SOURCES = \
	lib/publish/book.c \
	lib/publish/book.h \
	lib/publish/book_pages.c \
	lib/publish/book_pages.h \
	lib/publish/front.c \
	lib/publish/front.h \
	lib/publish/group.c \
	lib/publish/group.h \
	lib/publish/page_files.c \
	lib/publish/page_files.h \
	lib/publish/pages.c \
	lib/publish/pages.h \
	lib/publish/publish.c \
	lib/publish/publish.h \
	lib/publish/tree.c \
	lib/publish/tree.h \
	lib/publish/units.c \
	lib/publish/units.h
