dnl Libraries that need more than one PKG_CHECK_MODULES line.

AC_DEFUN([LP_MILTER], [
  PKG_CHECK_MODULES([MILTER], [milter], [],
    [AC_CHECK_HEADER([libmilter/mfapi.h], [], [AC_MSG_ERROR([libmilter is required])])
     AC_CHECK_LIB([milter], [smfi_main], [MILTER_LIBS="-lmilter -lpthread"],
       [AC_MSG_ERROR([libmilter is required])])])
])

dnl LP_TRY(VARIABLE, TEXT, CFLAGS, HEADERS, CALL): defines VARIABLE in config.h
dnl if the call compiles.
AC_DEFUN([LP_TRY], [
  lp_save_CPPFLAGS=$CPPFLAGS
  CPPFLAGS="$CPPFLAGS $3"
  AC_CACHE_CHECK([$2], [lp_cv_$1],
    [AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[$4]], [[$5;]])],
      [lp_cv_$1=yes], [lp_cv_$1=no])])
  CPPFLAGS=$lp_save_CPPFLAGS
  AS_IF([test "x$lp_cv_$1" = xyes], [AC_DEFINE([$1], [1], [$2])])
])

dnl Since 3.2.14 the callback for warnings is set with one parameter more.
AC_DEFUN([LP_GMIME_WARNINGS], [
  LP_TRY([GMIME_WARNINGS_HAVE_NOTIFY],
    [whether GMime frees the data of its warning callback],
    [$GMIME_CFLAGS], [#include <gmime/gmime.h>],
    [g_mime_parser_options_set_warning_callback(NULL, NULL, NULL, NULL)])
])

dnl Since 1.8 git_error_clear is declared in a header that git2.h leaves out.
AC_DEFUN([LP_LIBGIT2_ERRORS], [
  LP_TRY([HAVE_GIT2_SYS_ERRORS_H], [whether libgit2 has git2/sys/errors.h],
    [$LIBGIT2_CFLAGS], [#include <git2.h>
      #include <git2/sys/errors.h>], [git_error_clear()])
])

AC_DEFUN([LP_SYSTEMD], [
  AC_ARG_WITH([systemd],
    [AS_HELP_STRING([--without-systemd], [no readiness notice, no watchdog])],
    [], [with_systemd=auto])
  have_systemd=no
  AS_IF([test "x$with_systemd" != xno], [
    PKG_CHECK_MODULES([SYSTEMD], [libsystemd >= 247], [have_systemd=yes], [have_systemd=no])
    AS_IF([test "x$with_systemd$have_systemd" = xyesno],
      [AC_MSG_ERROR([--with-systemd needs libsystemd])])
  ])
  AS_IF([test "x$have_systemd" = xyes],
    [AC_DEFINE([HAVE_SYSTEMD], [1], [Tell systemd that we are ready.])
     UNIT_TYPE=notify UNIT_WATCHDOG=WatchdogSec=60s],
    [UNIT_TYPE=exec UNIT_WATCHDOG="# No watchdog: built without libsystemd."])
  AC_SUBST([UNIT_TYPE])
  AC_SUBST([UNIT_WATCHDOG])
  AC_ARG_WITH([systemdsystemunitdir],
    [AS_HELP_STRING([--with-systemdsystemunitdir=DIR],
      [where the unit goes (PREFIX/lib/systemd/system)])],
    [], [with_systemdsystemunitdir='${prefix}/lib/systemd/system'])
  AC_SUBST([unitdir], [$with_systemdsystemunitdir])
])

dnl The processor's filter of system calls.
AC_DEFUN([LP_SECCOMP], [
  AC_ARG_WITH([seccomp],
    [AS_HELP_STRING([--without-seccomp], [mail is read without a filter of system calls])],
    [], [with_seccomp=auto])
  have_seccomp=no
  AS_IF([test "x$with_seccomp" != xno], [
    PKG_CHECK_MODULES([SECCOMP], [libseccomp >= 2.5], [have_seccomp=yes], [have_seccomp=no])
    AS_IF([test "x$with_seccomp$have_seccomp" = xyesno],
      [AC_MSG_ERROR([--with-seccomp needs libseccomp])])
  ])
  AS_IF([test "x$have_seccomp" = xyes],
    [AC_DEFINE([HAVE_SECCOMP], [1], [Confine the process that reads mail.])])
])

AC_DEFUN([LP_UNIT_TESTS], [
  AC_ARG_ENABLE([unit-tests],
    [AS_HELP_STRING([--enable-unit-tests], [insist on cmocka (default: if found)])],
    [], [enable_unit_tests=auto])
  PKG_CHECK_MODULES([CMOCKA], [cmocka >= 1.1], [have_cmocka=yes], [have_cmocka=no])
  AS_IF([test "x$enable_unit_tests$have_cmocka" = xyesno],
    [AC_MSG_ERROR([--enable-unit-tests needs cmocka])])
  AM_CONDITIONAL([UNIT_TESTS],
    [test "x$enable_unit_tests" != xno && test "x$have_cmocka" = xyes])
])

dnl What -V tells; only the layers know their libraries' headers.
AC_DEFUN([LP_VERSIONS], [
  lp_versions=
  for lp_module in glib-2.0 gmime-3.0 hiredis sqlite3 libconfuse libzstd; do
    lp_versions="$lp_versions${lp_versions:+, }$lp_module `$PKG_CONFIG --modversion $lp_module`"
  done
  AC_DEFINE_UNQUOTED([LIBRARY_VERSIONS], ["$lp_versions"], [Built with.])
])

dnl LP_SONAME(VARIABLE, NAME, LIBS, FUNCTION): NAME's soname in VARIABLE, and in
dnl config.h; empty if it cannot be told.
AC_DEFUN([LP_SONAME], [
  AC_CACHE_CHECK([for the soname of $2], [lp_cv_soname_$2], [
    lp_cv_soname_$2=
    lp_save_LIBS=$LIBS
    LIBS="$3 $LIBS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([[void $4(void);]], [[$4();]])],
      [lp_cv_soname_$2=`$OBJDUMP -p conftest$EXEEXT 2>/dev/null |
        $SED -n 's/.*NEEDED *\($2[[^ ]]*\).*/\1/p'`])
    LIBS=$lp_save_LIBS
  ])
  AS_IF([test -n "$lp_cv_soname_$2"],
    [AC_DEFINE_UNQUOTED([$1], ["$lp_cv_soname_$2"], [$2 for the loader.])])
])

dnl The names under which libraries are loaded when they are needed: see
dnl command/lazy.h.
AC_DEFUN([LP_LAZY_LIBRARIES], [
  AC_CHECK_TOOL([OBJDUMP], [objdump], [false])
  AC_SEARCH_LIBS([dlopen], [dl])
  LP_SONAME([LIBGIT2_SONAME], [libgit2], [$LIBGIT2_LIBS], [git_libgit2_init])
  LP_SONAME([GMIME_SONAME], [libgmime], [$GMIME_LIBS], [g_mime_init])
  AM_CONDITIONAL([LAZY_LIBRARIES],
    [test -n "$lp_cv_soname_libgit2" && test -n "$lp_cv_soname_libgmime"])
])

dnl The disk of tests/faults/powercut; without it, that test is passed over.
AC_DEFUN([LP_FUSE], [
  PKG_CHECK_MODULES([FUSE], [fuse3 >= 3.10], [have_fuse=yes], [have_fuse=no])
  AM_CONDITIONAL([HAVE_FUSE], [test "$have_fuse" = yes])
])
