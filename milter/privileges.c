/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/privileges.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

enum { ENTRY_BUFFER = 64 * 1024 };

GQuark privileges_error_quark(void)
{
    return g_quark_from_static_string("privileges-error-quark");
}

static bool read_number(const char *text, unsigned *number)
{
    guint64 value = 0;

    if (!g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT32, &value, NULL))
        return false;
    *number = (unsigned)value;
    return true;
}

static bool find_user(const char *text, Account *account, GError **error)
{
    g_autofree char *buffer = g_malloc(ENTRY_BUFFER);
    struct passwd entry, *found = NULL;
    unsigned number = 0;

    if (read_number(text, &number))
        (void)getpwuid_r(number, &entry, buffer, ENTRY_BUFFER, &found);
    else
        (void)getpwnam_r(text, &entry, buffer, ENTRY_BUFFER, &found);
    if (found == NULL) {
        g_set_error(error, PRIVILEGES_ERROR, PRIVILEGES_ERROR_UNKNOWN,
                    "there is no user %s", text);
        return false;
    }
    *account = (Account){ .name = g_strdup(found->pw_name),
                          .user = found->pw_uid,
                          .group = found->pw_gid };
    return true;
}

static bool find_group(const char *text, Account *account, GError **error)
{
    g_autofree char *buffer = g_malloc(ENTRY_BUFFER);
    struct group entry, *found = NULL;
    unsigned number = 0;

    if (read_number(text, &number)) {
        account->group = number;
        return true;
    }
    (void)getgrnam_r(text, &entry, buffer, ENTRY_BUFFER, &found);
    if (found == NULL) {
        g_set_error(error, PRIVILEGES_ERROR, PRIVILEGES_ERROR_UNKNOWN,
                    "there is no group %s", text);
        return false;
    }
    account->group = found->gr_gid;
    return true;
}

bool account_find(const char *spec, Account *account, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(spec, ":", 2);

    if (parts[0] == NULL) {
        g_set_error(error, PRIVILEGES_ERROR, PRIVILEGES_ERROR_UNKNOWN,
                    "which user?");
        return false;
    }
    if (!find_user(parts[0], account, error))
        return false;
    if (parts[1] == NULL || find_group(parts[1], account, error))
        return true;
    account_clear(account);
    return false;
}

void account_clear(Account *account)
{
    g_clear_pointer(&account->name, g_free);
}

static bool is_it(const Account *account)
{
    return getuid() == account->user && geteuid() == account->user &&
           getgid() == account->group && getegid() == account->group;
}

bool privileges_drop(const Account *account, GError **error)
{
    if (is_it(account) && account->user != 0)
        return true;
    if (initgroups(account->name, account->group) != 0 ||
        setgid(account->group) != 0 || setuid(account->user) != 0) {
        g_set_error(error, PRIVILEGES_ERROR, PRIVILEGES_ERROR_DENIED,
                    "cannot become user %s: %s", account->name,
                    g_strerror(errno));
        return false;
    }
    if (account->user != 0 && (setuid(0) == 0 || seteuid(0) == 0)) {
        g_set_error(error, PRIVILEGES_ERROR, PRIVILEGES_ERROR_DENIED,
                    "could become root again; something is wrong here");
        return false;
    }
    return true;
}
