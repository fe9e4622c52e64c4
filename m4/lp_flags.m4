dnl g_string_append of GLib 2.84 looks at its string, in the caller, whether it
dnl is NULL; GCC 14 takes that for a hint that it may be, and warns of what
dnl comes behind. Where it does so in a loop that has no fault, the warning is
dnl worth nothing.
AC_DEFUN([LP_NULL_DEREFERENCE], [
  lp_save_CFLAGS=$CFLAGS
  CFLAGS="-O2 -Wnull-dereference -Werror $GLIB_CFLAGS"
  AC_CACHE_CHECK([whether -Wnull-dereference understands GLib],
    [lp_cv_null_dereference],
    [AC_COMPILE_IFELSE([AC_LANG_SOURCE([[
        #include <glib.h>
        void use(const char *text);
        void build(const char *const *words, int count);
        void build(const char *const *words, int count)
        {
            for (int times = 0; times < 200; times++) {
                g_autoptr(GString) text = g_string_new(NULL);
                for (int i = count; i > 0; i--)
                    g_string_append(text, words[i]);
                if (words[times] != NULL)
                    g_string_append(text, "x");
                use(text->str);
            }
        }]])],
      [lp_cv_null_dereference=yes], [lp_cv_null_dereference=no])])
  CFLAGS=$lp_save_CFLAGS
  AS_IF([test "x$lp_cv_null_dereference" = xyes],
    [LP_CFLAGS="$LP_CFLAGS -Wnull-dereference"])
])

AC_DEFUN([LP_WARNINGS], [
  AX_APPEND_COMPILE_FLAGS(m4_normalize([-std=gnu11 -Wall -Wextra -Wshadow -Wstrict-prototypes
    -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wcast-qual -Wundef
    -Wformat=2 -Wvla -Wimplicit-fallthrough]), [LP_CFLAGS], [-Werror])
  LP_NULL_DEREFERENCE
  AC_ARG_ENABLE([werror],
    [AS_HELP_STRING([--enable-werror], [treat warnings as errors (CI)])],
    [], [enable_werror=no])
  AS_IF([test "x$enable_werror" = xyes], [LP_CFLAGS="$LP_CFLAGS -Werror"])
])

AC_DEFUN([LP_HARDENING], [
  AC_ARG_ENABLE([coverage],
    [AS_HELP_STRING([--enable-coverage], [instrument for gcov])],
    [], [enable_coverage=no])
  AC_ARG_ENABLE([hardening],
    [AS_HELP_STRING([--disable-hardening], [leave hardening to the packager])],
    [], [enable_hardening=yes])
  AC_ARG_ENABLE([sanitizers],
    [AS_HELP_STRING([--enable-sanitizers@<:@=LIST@:>@], [address,undefined or LIST])],
    [], [enable_sanitizers=no])
  AS_IF([test "x$enable_hardening$enable_sanitizers$enable_coverage" = xyesnono], [
    AX_APPEND_COMPILE_FLAGS(m4_normalize([-fstack-protector-strong -fstack-clash-protection
      -fcf-protection -fPIE -ftrivial-auto-var-init=zero]), [LP_CFLAGS], [-Werror])
    LP_CPPFLAGS="$LP_CPPFLAGS -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3"
    AX_APPEND_LINK_FLAGS(m4_normalize([-pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack]), [LP_LDFLAGS])
  ])
])

AC_DEFUN([LP_SANITIZERS], [
  AS_IF([test "x$enable_sanitizers" = xyes], [enable_sanitizers=address,undefined])
  AS_IF([test "x$enable_sanitizers" != xno], [
    sanitize="-fsanitize=$enable_sanitizers"
    AX_CHECK_LINK_FLAG([$sanitize], [], [AC_MSG_ERROR([no $sanitize here])])
    LP_CFLAGS="$LP_CFLAGS -g -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all $sanitize"
    LP_LDFLAGS="$LP_LDFLAGS $sanitize"
  ])
])

AC_DEFUN([LP_FUZZERS], [
  AC_ARG_ENABLE([fuzzers],
    [AS_HELP_STRING([--enable-fuzzers], [link tests/fuzz with libFuzzer (clang)])],
    [], [enable_fuzzers=no])
  AS_IF([test "x$enable_fuzzers" = xyes], [
    AX_CHECK_COMPILE_FLAG([-fsanitize=fuzzer-no-link], [],
      [AC_MSG_ERROR([--enable-fuzzers needs CC=clang])])
    LP_CFLAGS="$LP_CFLAGS -fsanitize=fuzzer-no-link"
    FUZZ_LDFLAGS="-fsanitize=fuzzer"
  ])
  AC_SUBST([FUZZ_LDFLAGS])
  AM_CONDITIONAL([FUZZERS], [test "x$enable_fuzzers" = xyes])
])

AC_DEFUN([LP_COVERAGE], [
  AS_IF([test "x$enable_coverage" = xyes], [
    LP_CFLAGS="$LP_CFLAGS -O0 --coverage"
    LP_LDFLAGS="$LP_LDFLAGS --coverage"
  ])
  AC_SUBST([LP_CPPFLAGS])
  AC_SUBST([LP_CFLAGS])
  AC_SUBST([LP_LDFLAGS])
])
