/* SPDX-License-Identifier: MIT */
#include "base/settings_keys.h"

#include <glib.h>
#include <string.h>

#include "base/archive_url.h"
#include "base/list_id.h"
#include "base/moment.h"
#include "base/settings.h"

#include "base/banned.h"

enum {
    NAME_MAX_BYTES = 255,
    TOP_MAX = 10000,
    LISTS_MAX = 100000,
    PLACE_POSTS_MAX = 1000,
    HOURS_MAX = 24 * 366,
    MEGABYTES_MAX = 1024 * 1024,
    DAYS_MAX = 366 * 100,
};

static bool consists_of(const char *value, const char *further)
{
    for (const char *at = value; *at != '\0'; at++)
        if (!g_ascii_isalnum(*at) && strchr(further, *at) == NULL)
            return false;
    return *value != '\0';
}

static bool has_prefix_of(const char *value, const char *const *prefixes)
{
    for (; *prefixes != NULL; prefixes++)
        if (g_str_has_prefix(value, *prefixes) &&
            value[strlen(*prefixes)] != '\0')
            return true;
    return false;
}

static const char *check_redis(const char *value)
{
    static const char *const prefixes[] = { "unix:/", "redis://", "sentinel://",
                                            "cluster://", NULL };

    if (strcmp(value, "private") == 0 || has_prefix_of(value, prefixes))
        return NULL;
    return "neither private nor unix:/PATH, redis://HOST, "
           "sentinel://HOST:PORT,.../NAME or cluster://HOST:PORT,...";
}

static const char *check_socket(const char *value)
{
    static const char *const prefixes[] = { "unix:",  "local:", "inet:",
                                            "inet6:", "/",      NULL };

    if (*value == '\0' || has_prefix_of(value, prefixes))
        return NULL;
    return "neither unix:/PATH nor inet:PORT@HOST";
}

static const char *check_bot(const char *value)
{
    if (*value == '\0' || strpbrk(value, " \t\r\n<>") != NULL)
        return "not an address or a pattern of addresses";
    return NULL;
}

static const char *check_address(const char *value)
{
    const char *at = strchr(value, '@');

    if (at == NULL || at == value || at[1] == '\0' ||
        strchr(at + 1, '@') != NULL || strpbrk(value, " \t\r\n<>,") != NULL)
        return "not an address";
    return NULL;
}

static const char *check_trailer(const char *value)
{
    return consists_of(value, "-") ? NULL : "not a trailer such as Ran-by";
}

static const char *check_untagged(const char *value)
{
    return strcmp(value, "auto") == 0 || strcmp(value, "yes") == 0 ||
                   strcmp(value, "no") == 0
               ? NULL
               : "neither auto, yes nor no";
}

static const char *check_name(const char *value)
{
    if (consists_of(value, "._+-") && strlen(value) <= NAME_MAX_BYTES)
        return NULL;
    return "not one word of letters, digits and . _ + -";
}

static const char *check_member(const char *value)
{
    return list_id_is_valid(value) ? NULL : check_name(value);
}

static const char *check_title(const char *value)
{
    for (const char *at = value; *at != '\0'; at++)
        if (g_ascii_iscntrl(*at))
            return "not one line of text";
    return *value != '\0' ? NULL : "empty";
}

static const char *check_prefix(const char *value)
{
    return *value != '\0' ? check_title(value) : NULL;
}

static const char *check_archive(const char *value)
{
    static const char *const prefixes[] = { "https://", "http://", NULL };

    if (*value == '\0' || strcmp(value, SETTINGS_NO_ARCHIVE) == 0)
        return NULL;
    if (!has_prefix_of(value, prefixes))
        return "neither an https:// nor an http:// URL, nor \"none\"";
    if (!archive_url_is_pattern(value))
        return "holds none of {message-id}, {message-id-hash} and {mark}";
    return NULL;
}

static const char *check_timezone(const char *value)
{
    return moment_zone_is_plain(value)
               ? NULL
               : "not a time zone such as Europe/Berlin or +02:00";
}

static const char *check_word(const char *value)
{
    return *value != '\0' && *value != '-' && strpbrk(value, " \t\r\n") == NULL
               ? NULL
               : "not a list";
}

static const char *check_every(const char *value)
{
    static const char *const spans[] = { "day", "week", "month", NULL };

    return g_strv_contains(spans, value) ? NULL
                                         : "neither day nor week nor month";
}

static const char *check_format(const char *value)
{
    static const char *const formats[] = { "mail",     "text",        "classic",
                                           "markdown", "html",        "json",
                                           "rfc1153",  "mime-digest", NULL };

    return g_strv_contains(formats, value)
               ? NULL
               : "not one of mail, text, classic, markdown, html, json, "
                 "rfc1153, mime-digest";
}

/* clang-format off */
#define AT(field) offsetof(Settings, field)
static const SettingInfo general_settings[] = {
    { "redis", SETTING_TEXT, "private", AT(redis), .check = check_redis },
    { "redis_password_file", SETTING_FILE, "", AT(redis_password_file),
      .must_exist = true },
    { "redis_megabytes", SETTING_NUMBER, "0", AT(redis_megabytes),
      .least = 0, .most = MEGABYTES_MAX },
    { "allow_eviction", SETTING_FLAG, "false", AT(allow_eviction),
      .check = NULL },
    { "socket", SETTING_TEXT, "", AT(socket), .check = check_socket },
    { "socket_group", SETTING_TEXT, "", AT(socket_group), .check = NULL },
    { "socket_mode", SETTING_MODE, "0660", AT(socket_mode), .check = NULL },
    { "state", SETTING_FILE, "", AT(state), .check = NULL },
    { "lists", SETTING_CHOICE, "all", AT(all_lists),
      .choices = { "configured", "all" } },
    { "max_lists", SETTING_NUMBER, "1000", AT(max_lists),
      .least = 1, .most = LISTS_MAX },
    { "place_posts", SETTING_NUMBER, "3", AT(place_posts),
      .least = 1, .most = PLACE_POSTS_MAX },
    { "match_recipients", SETTING_FLAG, "false", AT(match_recipients),
      .check = NULL },
    { "mailmap", SETTING_FILE, "", AT(mailmap), .must_exist = true },
    { "organisations", SETTING_FILE, "", AT(organisations),
      .must_exist = true },
    { "maintainers", SETTING_FILE, "", AT(maintainers), .must_exist = true },
    { "bots", SETTING_TEXTS, "{}", AT(bots), .check = check_bot },
    { "trailers", SETTING_WORDS, "{}", AT(trailers), .check = check_trailer },
    { "approvals", SETTING_WORDS, "{}", AT(approvals), .check = check_title },
    { "journal_sync", SETTING_CHOICE, "normal", AT(journal_sync_full),
      .choices = { "normal", "full" } },
    { "journal_hours", SETTING_NUMBER, "24", AT(journal_hours),
      .least = 1, .most = HOURS_MAX },
    { "journal_megabytes", SETTING_NUMBER, "1024", AT(journal_megabytes),
      .least = 1, .most = MEGABYTES_MAX },
    { "backlog_megabytes", SETTING_NUMBER, "0", AT(backlog_megabytes),
      .least = 0, .most = MEGABYTES_MAX },
    { "journal_free_megabytes", SETTING_NUMBER, "64",
      AT(journal_free_megabytes), .least = 0, .most = MEGABYTES_MAX },
    { "retain_text", SETTING_LIMIT, "", AT(retain_text), .check = NULL },
    { "retain_posts", SETTING_LIMIT, "", AT(retain_posts), .check = NULL },
};
#undef AT
#define AT(field) offsetof(ListSettings, field)
static const SettingInfo list_settings[] = {
    { "name", SETTING_TEXT, "", AT(name), .check = check_name },
    { "title", SETTING_TEXT, "", AT(title), .check = check_title },
    { "archive", SETTING_TEXT, "", AT(archive), .check = check_archive },
    { "prefix", SETTING_TEXT, "", AT(prefix), .check = check_prefix },
    { "addresses", SETTING_TEXTS, "{}", AT(addresses), .check = check_address },
    { "untagged", SETTING_TEXT, "auto", AT(untagged),
      .check = check_untagged },
    { "top", SETTING_NUMBER, "15", AT(top), .least = 1, .most = TOP_MAX },
    { "maintainers", SETTING_FILE, "", AT(maintainers), .must_exist = true },
    { "timezone", SETTING_TEXT, "UTC", AT(timezone), .check = check_timezone },
};
#undef AT
#define AT(field) offsetof(DigestSettings, field)
static const SettingInfo digest_settings[] = {
    { "lists", SETTING_WORDS, "{}", AT(lists), .check = check_word },
    { "every", SETTING_TEXT, "week", AT(every), .check = check_every },
    { "mail", SETTING_WORDS, "{}", AT(mail), .check = check_address },
    { "format", SETTING_TEXT, "mail", AT(format), .check = check_format },
    { "publish", SETTING_FILE, "", AT(publish), .check = NULL },
};
#undef AT
#define AT(field) offsetof(GroupSettings, field)
static const SettingInfo group_settings[] = {
    { "lists", SETTING_TEXTS, "{}", AT(lists), .check = check_member },
    { "title", SETTING_TEXT, "", AT(title), .check = check_title },
};
#undef AT
/* clang-format on */

const SettingTable setting_general = { general_settings,
                                       G_N_ELEMENTS(general_settings) };
const SettingTable setting_digest = { digest_settings,
                                      G_N_ELEMENTS(digest_settings) };
const SettingTable setting_group = { group_settings,
                                     G_N_ELEMENTS(group_settings) };
const SettingTable setting_list = { list_settings,
                                    G_N_ELEMENTS(list_settings) };

static const struct {
    const char *unit;
    unsigned factor;
    bool is_size; /* megabytes, else days */
} limit_units[] = {
    { "d", 1, false }, { "w", 7, false },    { "y", 365, false },
    { "MB", 1, true }, { "GB", 1024, true },
};

static const char *check_limit(const char *value, SettingsLimit *limit)
{
    char *unit = NULL;
    const guint64 count = g_ascii_strtoull(value, &unit, 10);

    *limit = (SettingsLimit){ 0 };
    if (*value == '\0')
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(limit_units); i++) {
        const unsigned factor = limit_units[i].factor;
        const bool is_size = limit_units[i].is_size;

        if (strcmp(unit, limit_units[i].unit) != 0 || count == 0 ||
            !g_ascii_isdigit(*value) ||
            count > (is_size ? MEGABYTES_MAX : DAYS_MAX) / factor)
            continue;
        *(is_size ? &limit->megabytes : &limit->days) =
            (unsigned)count * factor;
        return NULL;
    }
    return "neither an age such as 90d, 12w or 2y nor a size such as 500MB";
}

static const char *check_mode(const char *value, unsigned *mode)
{
    *mode = 0;
    for (const char *at = value; *at != '\0'; at++) {
        if (*at < '0' || *at > '7' || *mode > 0777 / 8)
            return "not octal digits such as 0660";
        *mode = *mode * 8 + (unsigned)(*at - '0');
    }
    return *value != '\0' ? NULL : "not octal digits such as 0660";
}

const SettingInfo *setting_find(const SettingTable *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->infos[i].name, name) == 0)
            return &table->infos[i];
    return NULL;
}

bool setting_is_choice(const SettingInfo *info, const char *value)
{
    return strcmp(value, info->choices[0]) == 0 ||
           strcmp(value, info->choices[1]) == 0;
}

const char *setting_check(const SettingInfo *info, const char *value)
{
    SettingsLimit limit;
    unsigned number = 0;

    if (!g_utf8_validate(value, -1, NULL))
        return "not UTF-8 text";
    if (info->kind == SETTING_LIMIT)
        return check_limit(value, &limit);
    if (info->kind == SETTING_MODE)
        return check_mode(value, &number);
    return info->check != NULL ? info->check(value) : NULL;
}

SettingsLimit setting_limit(const char *value)
{
    SettingsLimit limit;

    check_limit(value, &limit);
    return limit;
}

unsigned setting_mode(const char *value)
{
    unsigned mode = 0;

    check_mode(value, &mode);
    return mode;
}
