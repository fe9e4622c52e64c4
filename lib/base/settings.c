/* SPDX-License-Identifier: MIT */
#include "base/settings.h"

#include <confuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/settings_source.h"

#include "base/banned.h"

static const char DEFAULT_PATH[] = "/etc/listpulse/listpulse.conf";
static const char SYSTEM_STATE[] = "/var/lib/listpulse";

enum {
    LIST_ID_MAX = 255,
    NAME_MAX_BYTES = 255,
    TOP_MAX = 10000,
    LISTS_MAX = 100000,
    HOURS_MAX = 24 * 366,
    MEGABYTES_MAX = 1024 * 1024,
    DAYS_MAX = 366 * 100,
};

typedef enum SettingKind {
    SETTING_TEXT,
    SETTING_FILE,   /* text; a relative path is one from the file's folder */
    SETTING_TEXTS,  /* char **, lower case */
    SETTING_WORDS,  /* char **, as written */
    SETTING_NUMBER, /* unsigned, from least to most */
    SETTING_AGE,    /* unsigned days, "90d", "12w", "2y"; "" is 0 */
    SETTING_MODE,   /* unsigned, octal */
    SETTING_FLAG,   /* bool */
    SETTING_CHOICE, /* bool, true for the second word of two */
} SettingKind;

/* What is wrong with a value, after "KEY = "VALUE": "; NULL: nothing. */
typedef const char *(*SettingCheck)(const char *value);

typedef struct SettingInfo {
    const char *name;
    SettingKind kind;
    const char *fallback;
    size_t offset; /* in Settings or ListSettings */
    SettingCheck check;
    unsigned least, most;   /* NUMBER */
    const char *choices[2]; /* CHOICE */
} SettingInfo;

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

    if (has_prefix_of(value, prefixes))
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

static const char *check_name(const char *value)
{
    if (consists_of(value, "._+-") && strlen(value) <= NAME_MAX_BYTES)
        return NULL;
    return "not one word of letters, digits and . _ + -";
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

    if (*value == '\0')
        return NULL;
    if (!has_prefix_of(value, prefixes))
        return "neither an https:// nor an http:// URL";
    if (strstr(value, "{message-id}") == NULL &&
        strstr(value, "{mark}") == NULL)
        return "holds neither {message-id} nor {mark}";
    return NULL;
}

static const char *check_timezone(const char *value)
{
    g_autoptr(GTimeZone) zone =
        *value != '\0' ? g_time_zone_new_identifier(value) : NULL;

    return zone != NULL ? NULL : "not a time zone such as Europe/Berlin";
}

/* The facts about every key: parser, sample, manual page and their test
 * (tests/docs.t) go by these rows. */
/* clang-format off */
#define AT(field) offsetof(Settings, field)
static const SettingInfo general_settings[] = {
    { "redis", SETTING_TEXT, "private", AT(redis), .check = check_redis },
    { "redis_password_file", SETTING_FILE, "", AT(redis_password_file), .check = NULL },
    { "socket", SETTING_TEXT,
      "unix:/var/spool/postfix/listpulse/milter.sock", AT(socket),
      .check = check_socket },
    { "socket_group", SETTING_TEXT, "", AT(socket_group), .check = NULL },
    { "socket_mode", SETTING_MODE, "0660", AT(socket_mode), .check = NULL },
    { "state", SETTING_FILE, "", AT(state), .check = NULL },
    { "lists", SETTING_CHOICE, "", AT(all_lists),
      .choices = { "configured", "all" } },
    { "max_lists", SETTING_NUMBER, "1000", AT(max_lists),
      .least = 1, .most = LISTS_MAX },
    { "match_recipients", SETTING_FLAG, "false", AT(match_recipients), .check = NULL },
    { "mailmap", SETTING_FILE, "", AT(mailmap), .check = NULL },
    { "organisations", SETTING_FILE, "", AT(organisations), .check = NULL },
    { "bots", SETTING_TEXTS, "{}", AT(bots), .check = check_bot },
    { "trailers", SETTING_WORDS, "{}", AT(trailers), .check = check_trailer },
    { "journal_sync", SETTING_CHOICE, "normal", AT(journal_sync_full),
      .choices = { "normal", "full" } },
    { "journal_hours", SETTING_NUMBER, "24", AT(journal_hours),
      .least = 1, .most = HOURS_MAX },
    { "journal_megabytes", SETTING_NUMBER, "1024", AT(journal_megabytes),
      .least = 1, .most = MEGABYTES_MAX },
    { "retain_text", SETTING_AGE, "", AT(retain_text_days), .check = NULL },
    { "retain_posts", SETTING_AGE, "", AT(retain_posts_days), .check = NULL },
};
#undef AT
#define AT(field) offsetof(ListSettings, field)
static const SettingInfo list_keys[] = {
    { "name", SETTING_TEXT, "", AT(name), .check = check_name },
    { "title", SETTING_TEXT, "", AT(title), .check = check_title },
    { "archive", SETTING_TEXT, "", AT(archive), .check = check_archive },
    { "prefix", SETTING_TEXT, "", AT(prefix), .check = check_prefix },
    { "addresses", SETTING_TEXTS, "{}", AT(addresses), .check = check_address },
    { "top", SETTING_NUMBER, "15", AT(top), .least = 1, .most = TOP_MAX },
    { "timezone", SETTING_TEXT, "UTC", AT(timezone), .check = check_timezone },
};
#undef AT
/* clang-format on */

/* libconfuse's lexer is one for the whole program, and its callbacks carry no
 * pointer of ours: one thread at a time, and a place for the first fault. */
static GMutex parsing;
static GError **first_fault;

GQuark settings_error_quark(void)
{
    return g_quark_from_static_string("settings-error");
}

G_GNUC_PRINTF(2, 0)
static void on_fault(cfg_t *cfg, const char *format, va_list arguments)
{
    g_autofree char *what = g_strdup_vprintf(format, arguments);

    if (first_fault != NULL && *first_fault == NULL)
        g_set_error(first_fault, SETTINGS_ERROR, SETTINGS_ERROR_INVALID,
                    "%s:%d: %s", cfg->filename, cfg->line, what);
}

static int complain(cfg_t *cfg, const char *key, const char *value,
                    const char *complaint)
{
    cfg_error(cfg, "%s = \"%s\": %s", key, value, complaint);
    return -1;
}

static const SettingInfo *find_info(const SettingInfo *infos, size_t count,
                                    const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(infos[i].name, name) == 0)
            return &infos[i];
    return NULL;
}

static const char *check_age(const char *value, unsigned *days)
{
    char *unit = NULL;
    const guint64 count = g_ascii_strtoull(value, &unit, 10);
    const unsigned factor = strcmp(unit, "d") == 0   ? 1
                            : strcmp(unit, "w") == 0 ? 7
                            : strcmp(unit, "y") == 0 ? 365
                                                     : 0;

    *days = 0;
    if (*value == '\0')
        return NULL;
    if (!g_ascii_isdigit(*value) || factor == 0 || count == 0 ||
        count > DAYS_MAX / factor)
        return "not an age such as 90d, 12w or 2y";
    *days = (unsigned)count * factor;
    return NULL;
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

static bool is_choice(const SettingInfo *info, const char *value)
{
    return strcmp(value, info->choices[0]) == 0 ||
           strcmp(value, info->choices[1]) == 0;
}

static const char *check_text(const SettingInfo *info, const char *value)
{
    unsigned number = 0;

    if (!g_utf8_validate(value, -1, NULL))
        return "not UTF-8 text";
    if (info->kind == SETTING_AGE)
        return check_age(value, &number);
    if (info->kind == SETTING_MODE)
        return check_mode(value, &number);
    return info->check != NULL ? info->check(value) : NULL;
}

static void make_absolute(cfg_t *cfg, cfg_opt_t *option, const char *value)
{
    g_autofree char *folder = g_path_get_dirname(cfg->filename);
    g_autofree char *base = g_canonicalize_filename(folder, NULL);
    g_autofree char *path = g_canonicalize_filename(value, base);

    cfg_opt_setnstr(option, path, 0);
}

static int check_number(cfg_t *cfg, const SettingInfo *info, long value)
{
    if (value >= (long)info->least && value <= (long)info->most)
        return 0;
    cfg_error(cfg, "%s = %ld: not from %u to %u", info->name, value,
              info->least, info->most);
    return -1;
}

static int check_option(cfg_t *cfg, cfg_opt_t *option, const SettingInfo *info)
{
    const char *value = NULL;
    const char *complaint = NULL;

    if (cfg_opt_size(option) == 0 || info->kind == SETTING_FLAG)
        return 0;
    if (info->kind == SETTING_NUMBER)
        return check_number(cfg, info, cfg_opt_getnint(option, 0));
    /* Called after each value of a list: the last is the new one. */
    value = cfg_opt_getnstr(option, cfg_opt_size(option) - 1);
    if (info->kind == SETTING_CHOICE && !is_choice(info, value)) {
        cfg_error(cfg, "%s = \"%s\": neither %s nor %s", info->name, value,
                  info->choices[0], info->choices[1]);
        return -1;
    }
    complaint = check_text(info, value);
    if (complaint != NULL)
        return complain(cfg, info->name, value, complaint);
    if (info->kind == SETTING_FILE && *value != '\0')
        make_absolute(cfg, option, value);
    return 0;
}

static int on_general(cfg_t *cfg, cfg_opt_t *option)
{
    return check_option(cfg, option,
                        find_info(general_settings,
                                  G_N_ELEMENTS(general_settings),
                                  option->name));
}

static int on_list_key(cfg_t *cfg, cfg_opt_t *option)
{
    return check_option(
        cfg, option,
        find_info(list_keys, G_N_ELEMENTS(list_keys), option->name));
}

/* As mail_list_id_is_valid has it, in any case. */
static bool is_list_id(const char *id)
{
    return consists_of(id, "._-") && strlen(id) <= LIST_ID_MAX &&
           g_ascii_isalnum(id[0]) && g_ascii_isalnum(id[strlen(id) - 1]) &&
           strstr(id, "..") == NULL;
}

static int on_list(cfg_t *cfg, cfg_opt_t *option)
{
    const unsigned last = cfg_opt_size(option) - 1;
    const char *id = cfg_title(cfg_opt_getnsec(option, last));

    if (!is_list_id(id)) {
        cfg_error(cfg, "list %s: not a List-Id such as kvm.vger.kernel.org",
                  id);
        return -1;
    }
    for (unsigned i = 0; i < last; i++)
        if (g_ascii_strcasecmp(cfg_title(cfg_opt_getnsec(option, i)), id) ==
            0) {
            cfg_error(cfg, "list %s is named twice", id);
            return -1;
        }
    return 0;
}

static cfg_opt_t make_option(const SettingInfo *info,
                             cfg_validate_callback_t validate)
{
    const long number = (long)g_ascii_strtoll(info->fallback, NULL, 10);
    cfg_opt_t text = CFG_STR(info->name, info->fallback, CFGF_NONE);
    cfg_opt_t texts = CFG_STR_LIST(info->name, NULL, CFGF_NONE);
    cfg_opt_t flag = CFG_BOOL(info->name, cfg_false, CFGF_NONE);
    cfg_opt_t count = CFG_INT(info->name, number, CFGF_NONE);
    cfg_opt_t option = info->kind == SETTING_TEXTS    ? texts
                       : info->kind == SETTING_WORDS  ? texts
                       : info->kind == SETTING_FLAG   ? flag
                       : info->kind == SETTING_NUMBER ? count
                                                      : text;

    option.validcb = validate;
    return option;
}

static cfg_t *make_parser(void)
{
    cfg_opt_t list[G_N_ELEMENTS(list_keys) + 1] = { CFG_END() };
    cfg_opt_t general[G_N_ELEMENTS(general_settings) + 2] = { CFG_END() };
    const size_t last = G_N_ELEMENTS(general_settings);
    cfg_opt_t section =
        CFG_SEC("list", list, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES);
    cfg_t *cfg = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(list_keys); i++)
        list[i] = make_option(&list_keys[i], on_list_key);
    for (size_t i = 0; i < last; i++)
        general[i] = make_option(&general_settings[i], on_general);
    section.validcb = on_list;
    general[last] = section;
    cfg = cfg_init(general, CFGF_NONE);
    cfg_set_error_function(cfg, on_fault);
    return cfg;
}

static char **take_texts(cfg_t *cfg, const SettingInfo *info)
{
    const unsigned count = cfg != NULL ? cfg_size(cfg, info->name) : 0;
    char **texts = g_new0(char *, count + 1);

    for (unsigned i = 0; i < count; i++) {
        const char *text = cfg_getnstr(cfg, info->name, i);

        texts[i] = info->kind == SETTING_TEXTS ? g_ascii_strdown(text, -1)
                                               : g_strdup(text);
    }
    return texts;
}

static unsigned take_number(cfg_t *cfg, const SettingInfo *info)
{
    const char *text = NULL;
    unsigned number = 0;

    if (info->kind == SETTING_NUMBER)
        return cfg != NULL
                   ? (unsigned)cfg_getint(cfg, info->name)
                   : (unsigned)g_ascii_strtoull(info->fallback, NULL, 10);
    text = cfg != NULL ? cfg_getstr(cfg, info->name) : info->fallback;
    if (info->kind == SETTING_AGE)
        check_age(text, &number);
    else
        check_mode(text, &number);
    return number;
}

/* cfg: NULL gives the fallback. */
static void take_one(cfg_t *cfg, const SettingInfo *info, void *target)
{
    void *field = (char *)target + info->offset;
    const bool is_number = info->kind == SETTING_NUMBER ||
                           info->kind == SETTING_AGE ||
                           info->kind == SETTING_MODE;

    if (info->kind == SETTING_TEXTS || info->kind == SETTING_WORDS)
        *(char ***)field = take_texts(cfg, info);
    else if (is_number)
        *(unsigned *)field = take_number(cfg, info);
    else if (info->kind == SETTING_FLAG)
        *(bool *)field = cfg != NULL && cfg_getbool(cfg, info->name);
    else if (info->kind == SETTING_CHOICE)
        *(bool *)field = cfg != NULL && strcmp(cfg_getstr(cfg, info->name),
                                               info->choices[1]) == 0;
    else
        *(char **)field = g_strdup(cfg != NULL ? cfg_getstr(cfg, info->name)
                                               : info->fallback);
}

static void free_fields(const SettingInfo *infos, size_t count, void *target)
{
    for (size_t i = 0; i < count; i++) {
        void *field = (char *)target + infos[i].offset;

        if (infos[i].kind == SETTING_TEXTS || infos[i].kind == SETTING_WORDS)
            g_strfreev(*(char ***)field);
        else if (infos[i].kind == SETTING_TEXT || infos[i].kind == SETTING_FILE)
            g_free(*(char **)field);
    }
}

static ListSettings *take_list(cfg_t *cfg, const char *id)
{
    ListSettings *list = g_new0(ListSettings, 1);

    list->id = g_ascii_strdown(id, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(list_keys); i++)
        take_one(cfg, &list_keys[i], list);
    if (*list->name == '\0') {
        g_free(list->name);
        list->name = g_strndup(list->id, strcspn(list->id, "."));
    }
    if (*list->title == '\0') {
        g_free(list->title);
        list->title = g_ascii_strup(list->name, -1);
    }
    return list;
}

static void list_settings_release(void *list)
{
    list_settings_free(list);
}

static Settings *take_settings(cfg_t *cfg)
{
    Settings *settings = g_new0(Settings, 1);

    for (size_t i = 0; i < G_N_ELEMENTS(general_settings); i++)
        take_one(cfg, &general_settings[i], settings);
    settings->lists = g_ptr_array_new_with_free_func(list_settings_release);
    for (unsigned i = 0; i < cfg_size(cfg, "list"); i++) {
        cfg_t *section = cfg_getnsec(cfg, "list", i);

        g_ptr_array_add(settings->lists,
                        take_list(section, cfg_title(section)));
    }
    if (*cfg_getstr(cfg, "lists") == '\0')
        settings->all_lists = settings->lists->len == 0;
    return settings;
}

static bool parse_piece(cfg_t *cfg, const SettingsPiece *piece)
{
    const size_t length = strlen(piece->text);
    FILE *stream = NULL;
    int outcome = CFG_SUCCESS;

    if (length == 0)
        return true;
    stream = fmemopen(piece->text, length, "r");
    g_assert(stream != NULL);
    free(cfg->filename);
    cfg->filename = strdup(piece->path);
    outcome = cfg_parse_fp(cfg, stream);
    fclose(stream);
    if (outcome != CFG_SUCCESS)
        cfg_error(cfg, "not understood"); /* unless told already */
    return outcome == CFG_SUCCESS;
}

static Settings *parse_locked(const GPtrArray *pieces, GError **error)
{
    g_autoptr(GError) fault = NULL;
    Settings *settings = NULL;
    cfg_t *cfg = make_parser();

    first_fault = &fault;
    for (unsigned i = 0; i < pieces->len && fault == NULL; i++)
        parse_piece(cfg, pieces->pdata[i]);
    first_fault = NULL;
    if (fault == NULL)
        settings = take_settings(cfg);
    else
        g_propagate_error(error, g_steal_pointer(&fault));
    cfg_free(cfg);
    return settings;
}

static Settings *parse(const GPtrArray *pieces, GError **error)
{
    Settings *settings = NULL;

    g_mutex_lock(&parsing);
    settings = parse_locked(pieces, error);
    g_mutex_unlock(&parsing);
    return settings;
}

static GPtrArray *read_source(const char *path, GError **error)
{
    if (path != NULL)
        return settings_source_read(path, error);
    if (g_file_test(DEFAULT_PATH, G_FILE_TEST_EXISTS))
        return settings_source_read(DEFAULT_PATH, error);
    return g_ptr_array_new();
}

/* Root, and who may write there: the daemon's user. */
static char *default_state(void)
{
    const char *home = g_getenv("XDG_STATE_HOME");

    if (geteuid() == 0 || access(SYSTEM_STATE, W_OK | X_OK) == 0)
        return g_strdup(SYSTEM_STATE);
    if (home != NULL && g_path_is_absolute(home))
        return g_build_filename(home, "listpulse", NULL);
    return g_build_filename(g_get_home_dir(), ".local", "state", "listpulse",
                            NULL);
}

static void settle_state(Settings *settings, const char *given)
{
    if (given == NULL && *settings->state != '\0')
        return;
    g_free(settings->state);
    settings->state =
        given != NULL ? g_canonicalize_filename(given, NULL) : default_state();
}

Settings *settings_load(const char *path, const char *state, GError **error)
{
    g_autoptr(GPtrArray) pieces = read_source(path, error);
    Settings *settings = pieces != NULL ? parse(pieces, error) : NULL;

    if (settings != NULL)
        settle_state(settings, state);
    return settings;
}

void settings_free(Settings *settings)
{
    if (settings == NULL)
        return;
    free_fields(general_settings, G_N_ELEMENTS(general_settings), settings);
    g_ptr_array_unref(settings->lists);
    g_free(settings);
}

const ListSettings *settings_list(const Settings *settings, const char *id)
{
    for (unsigned i = 0; i < settings->lists->len; i++) {
        const ListSettings *list = settings->lists->pdata[i];

        if (g_ascii_strcasecmp(list->id, id) == 0)
            return list;
    }
    return NULL;
}

static ListSettings *list_settings_copy(const ListSettings *list)
{
    ListSettings *copy = g_new(ListSettings, 1);

    *copy = (ListSettings){ .id = g_strdup(list->id),
                            .name = g_strdup(list->name),
                            .title = g_strdup(list->title),
                            .archive = g_strdup(list->archive),
                            .prefix = g_strdup(list->prefix),
                            .addresses = g_strdupv(list->addresses),
                            .top = list->top,
                            .timezone = g_strdup(list->timezone) };
    return copy;
}

ListSettings *settings_list_or_default(const Settings *settings, const char *id)
{
    const ListSettings *list = settings_list(settings, id);

    return list != NULL ? list_settings_copy(list) : take_list(NULL, id);
}

void list_settings_free(ListSettings *list)
{
    if (list == NULL)
        return;
    free_fields(list_keys, G_N_ELEMENTS(list_keys), list);
    g_free(list->id);
    g_free(list);
}
