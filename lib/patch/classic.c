/* SPDX-License-Identifier: MIT */
#include "patch/classic.h"

#include <glib.h>
#include <string.h>

#include "base/banned.h"

static const char *take_digits(const char *at)
{
    size_t digits = strspn(at, "0123456789");

    return digits > 0 ? at + digits : NULL;
}

/* Behind "/m]". */
static bool is_total(const char *at)
{
    at = *at == '/' ? take_digits(at + 1) : NULL;
    return at != NULL && *at == ']';
}

bool patch_classic_is_patch(const char *subject)
{
    const char *end = *subject == '[' ? strchr(subject, ']') : NULL;

    return end != NULL && g_strstr_len(subject, end - subject, "PATCH") != NULL;
}

bool patch_classic_is_listed(const char *subject)
{
    const char *at;

    if (!g_str_has_prefix(subject, "[PATCH"))
        return false;
    at = subject + strlen("[PATCH");
    if (*at == ']')
        return true;
    if (strncmp(at, " v", 2) != 0)
        return false;
    at = take_digits(at + 2);
    if (at == NULL || *at == ']')
        return at != NULL;
    if (strncmp(at, " 0", 2) != 0)
        return false;
    return is_total(at + 1 + strspn(at + 1, "0"));
}

bool patch_classic_is_entry(const char *subject)
{
    const char *at;

    if (!g_str_has_prefix(subject, "[PATCH "))
        return false;
    at = subject + strlen("[PATCH ");
    if (strspn(at, "01") == 0)
        return false;
    at += strspn(at, "0");
    if (*at == '1')
        at++;
    return is_total(at);
}

const char *patch_classic_title(const char *subject)
{
    const char *end = strchr(subject, ']');

    return end != NULL ? end + 1 : subject;
}
