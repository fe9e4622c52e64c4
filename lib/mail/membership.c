/* SPDX-License-Identifier: MIT */
#include "mail/membership.h"

#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

static void add_once(GPtrArray *lists, const char *id)
{
    if (!g_ptr_array_find_with_equal_func(lists, id, g_str_equal, NULL))
        g_ptr_array_add(lists, g_strdup(id));
}

/* kvm@vger.kernel.org is the address of kvm.vger.kernel.org. */
static bool is_id_with_at(const char *address, const char *id)
{
    const char *at = strchr(address, '@');
    const size_t length = strlen(address);

    if (at == NULL || strlen(id) != length)
        return false;
    const size_t local = (size_t)(at - address);
    return strncmp(address, id, local) == 0 && id[local] == '.' &&
           strcmp(at + 1, id + local + 1) == 0;
}

static bool has_address(const ListSettings *list, const char *address)
{
    return list->addresses != NULL &&
           g_strv_contains((const char *const *)list->addresses, address);
}

static bool has_recipient(const ListSettings *list, const GPtrArray *recipients)
{
    bool found = false;

    for (unsigned i = 0; recipients != NULL && i < recipients->len; i++)
        found = found || has_address(list, recipients->pdata[i]);
    return found;
}

/* What begins like the local part of the list kvm: kvm-request@, and with a
 * token kvm-confirm+f00d@. RFC 2142 has the first, Mailman the others. */
static bool is_of_software(const char *local, size_t length)
{
    static const char *const roles[] = { "-request", "-confirm", "-bounces" };

    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
        const size_t role = strlen(roles[i]);

        if (length >= role && strncmp(local, roles[i], role) == 0 &&
            (length == role || local[role] == '+'))
            return true;
    }
    return false;
}

/* Did the software of the list with this id write it. */
static bool is_by_list(const char *sender, const char *id)
{
    g_autofree char *address = g_ascii_strdown(sender, -1);
    const char *at = strrchr(address, '@');

    if (at == NULL || !g_str_has_suffix(id, at + 1))
        return false;
    const size_t host = strlen(at + 1), whole = strlen(id);
    if (whole < host + 2 || id[whole - host - 1] != '.')
        return false;
    const size_t name = whole - host - 1;
    return (size_t)(at - address) > name && strncmp(address, id, name) == 0 &&
           is_of_software(address + name, (size_t)(at - address) - name);
}

GPtrArray *mail_membership(const Settings *settings, const GPtrArray *list_ids,
                           const char *mailing_list, const char *sender,
                           const GPtrArray *recipients)
{
    GPtrArray *lists = g_ptr_array_new_with_free_func(g_free);
    const char *address = mailing_list != NULL ? mailing_list : "";

    for (unsigned i = 0; i < list_ids->len; i++) {
        const char *id = list_ids->pdata[i];

        if (sender != NULL && is_by_list(sender, id))
            continue;
        if (settings->all_lists || settings_list(settings, id) != NULL)
            add_once(lists, id);
    }
    for (unsigned i = 0; i < settings->lists->len; i++) {
        const ListSettings *list = settings->lists->pdata[i];

        if (has_address(list, address) || is_id_with_at(address, list->id) ||
            has_recipient(list, recipients))
            add_once(lists, list->id);
    }
    return lists;
}
