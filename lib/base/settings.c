/* SPDX-License-Identifier: MIT */
#include "base/settings.h"

#include <confuse.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/list_id.h"
#include "base/settings_keys.h"
#include "base/settings_source.h"

#include "base/banned.h"

static const char DEFAULT_PATH[] = "/etc/listpulse/listpulse.conf";
static const char SYSTEM_STATE[] = "/var/lib/listpulse";
/* Returns the socket in the chroot of Postfix if the unit made that folder,
 * else our own. */
static const char POSTFIX_FOLDER[] = "/var/spool/postfix/listpulse";
static const char SOCKET_FOLDER[] = "/run/listpulse";

/* libconfuse's lexer is one for the whole program, and its callbacks carry no
 * pointer of ours: one thread at a time, and a place for the first fault. */
static GMutex parsing;
static GError **first_fault;

GQuark settings_error_quark(void)
{
    return g_quark_from_static_string("settings-error");
}

static void on_fault(cfg_t *cfg, const char *format, va_list arguments)
    G_GNUC_PRINTF(2, 0);

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

static void make_absolute(cfg_t *cfg, cfg_opt_t *option, const char *value)
{
    g_autofree char *folder = g_path_get_dirname(cfg->filename);
    g_autofree char *base = g_canonicalize_filename(folder, NULL);
    g_autofree char *path = g_canonicalize_filename(value, base);

    cfg_opt_setnstr(option, path, 0);
}

/* Files that this user may not look at are assumed to exist. */
static int check_file(cfg_t *cfg, cfg_opt_t *option, const SettingInfo *info)
{
    const char *path = NULL;

    make_absolute(cfg, option, cfg_opt_getnstr(option, 0));
    path = cfg_opt_getnstr(option, 0);
    if (!info->must_exist || access(path, F_OK) == 0 ||
        (errno != ENOENT && errno != ENOTDIR))
        return 0;
    return complain(cfg, info->name, path, g_strerror(errno));
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
    if (info->kind == SETTING_CHOICE && !setting_is_choice(info, value)) {
        cfg_error(cfg, "%s = \"%s\": neither %s nor %s", info->name, value,
                  info->choices[0], info->choices[1]);
        return -1;
    }
    complaint = setting_check(info, value);
    if (complaint != NULL)
        return complain(cfg, info->name, value, complaint);
    if (info->kind == SETTING_FILE && *value != '\0')
        return check_file(cfg, option, info);
    return 0;
}

static int on_general(cfg_t *cfg, cfg_opt_t *option)
{
    return check_option(cfg, option,
                        setting_find(&setting_general, option->name));
}

static int on_list_key(cfg_t *cfg, cfg_opt_t *option)
{
    return check_option(cfg, option, setting_find(&setting_list, option->name));
}

static int on_group_key(cfg_t *cfg, cfg_opt_t *option)
{
    return check_option(cfg, option,
                        setting_find(&setting_group, option->name));
}

/* A name must be one word that cannot be a list's id or an --option. */
static int on_group(cfg_t *cfg, cfg_opt_t *option)
{
    const unsigned last = cfg_opt_size(option) - 1;
    cfg_t *section = cfg_opt_getnsec(option, last);
    const char *name = cfg_title(section);

    if (*name == '\0' || *name == '-' || strpbrk(name, " ,\t/") != NULL) {
        cfg_error(cfg, "group \"%s\": not one word without , and /", name);
        return -1;
    }
    if (cfg_size(section, "lists") == 0) {
        cfg_error(cfg, "group \"%s\": needs lists = { \"...\" }", name);
        return -1;
    }
    for (unsigned i = 0; i < last; i++)
        if (g_ascii_strcasecmp(cfg_title(cfg_opt_getnsec(option, i)), name) ==
            0) {
            cfg_error(cfg, "group \"%s\" is named twice", name);
            return -1;
        }
    return 0;
}

static int on_list(cfg_t *cfg, cfg_opt_t *option)
{
    const unsigned last = cfg_opt_size(option) - 1;
    const char *id = cfg_title(cfg_opt_getnsec(option, last));

    if (!list_id_is_valid(id)) {
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

static int on_digest_key(cfg_t *cfg, cfg_opt_t *option)
{
    return check_option(cfg, option,
                        setting_find(&setting_digest, option->name));
}

/* The name is also that of a cursor, and of an instance of the timer. */
static bool is_digest_name(const char *name)
{
    enum { NAME_MAX_BYTES = 64 };
    const size_t length = strlen(name);

    return length > 0 && length <= NAME_MAX_BYTES &&
           strspn(name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_") == length;
}

static int on_digest(cfg_t *cfg, cfg_opt_t *option)
{
    const unsigned last = cfg_opt_size(option) - 1;
    cfg_t *digest = cfg_opt_getnsec(option, last);
    const char *name = cfg_title(digest);
    const char *why = NULL;

    for (unsigned i = 0; i < last; i++)
        if (strcmp(cfg_title(cfg_opt_getnsec(option, i)), name) == 0)
            why = "is named twice";
    if (!is_digest_name(name))
        why = "a name has letters, digits, - and _ only";
    else if (cfg_size(digest, "lists") == 0)
        why = "names no lists";
    else if (cfg_size(digest, "mail") == 0 &&
             *cfg_getstr(digest, "publish") == '\0')
        why = "names neither mail nor publish";
    if (why == NULL)
        return 0;
    cfg_error(cfg, "digest %s: %s", name, why);
    return -1;
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

static void make_options(const SettingTable *table,
                         cfg_validate_callback_t validate, cfg_opt_t *options)
{
    for (size_t i = 0; i < table->count; i++)
        options[i] = make_option(&table->infos[i], validate);
}

static cfg_t *make_parser(void)
{
    const cfg_opt_t end = CFG_END();
    g_autofree cfg_opt_t *list = g_new0(cfg_opt_t, setting_list.count + 1);
    g_autofree cfg_opt_t *group = g_new0(cfg_opt_t, setting_group.count + 1);
    g_autofree cfg_opt_t *general =
        g_new0(cfg_opt_t, setting_general.count + 4);
    g_autofree cfg_opt_t *digest = g_new0(cfg_opt_t, setting_digest.count + 1);
    cfg_opt_t groups =
        CFG_SEC("group", group, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES);
    cfg_opt_t section =
        CFG_SEC("list", list, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES);
    cfg_opt_t digests = CFG_SEC("digest", digest,
                                CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES);
    cfg_t *cfg = NULL;

    make_options(&setting_digest, on_digest_key, digest);
    digest[setting_digest.count] = end;
    digests.validcb = on_digest;
    make_options(&setting_list, on_list_key, list);
    list[setting_list.count] = end;
    make_options(&setting_group, on_group_key, group);
    group[setting_group.count] = end;
    groups.validcb = on_group;
    make_options(&setting_general, on_general, general);
    section.validcb = on_list;
    general[setting_general.count] = section;
    general[setting_general.count + 1] = digests;
    general[setting_general.count + 2] = groups;
    general[setting_general.count + 3] = end;
    cfg = cfg_init(general, CFGF_NONE); /* copies the options */
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

    if (info->kind == SETTING_NUMBER)
        return cfg != NULL
                   ? (unsigned)cfg_getint(cfg, info->name)
                   : (unsigned)g_ascii_strtoull(info->fallback, NULL, 10);
    text = cfg != NULL ? cfg_getstr(cfg, info->name) : info->fallback;
    return setting_mode(text);
}

static SettingsLimit take_limit(cfg_t *cfg, const SettingInfo *info)
{
    return setting_limit(cfg != NULL ? cfg_getstr(cfg, info->name)
                                     : info->fallback);
}

/* cfg: NULL gives the fallback. */
static void take_one(cfg_t *cfg, const SettingInfo *info, void *target)
{
    void *field = (char *)target + info->offset;
    const bool is_number =
        info->kind == SETTING_NUMBER || info->kind == SETTING_MODE;

    if (info->kind == SETTING_TEXTS || info->kind == SETTING_WORDS)
        *(char ***)field = take_texts(cfg, info);
    else if (is_number)
        *(unsigned *)field = take_number(cfg, info);
    else if (info->kind == SETTING_LIMIT)
        *(SettingsLimit *)field = take_limit(cfg, info);
    else if (info->kind == SETTING_FLAG)
        *(bool *)field = cfg != NULL && cfg_getbool(cfg, info->name);
    else if (info->kind == SETTING_CHOICE)
        *(bool *)field = cfg != NULL && strcmp(cfg_getstr(cfg, info->name),
                                               info->choices[1]) == 0;
    else
        *(char **)field = g_strdup(cfg != NULL ? cfg_getstr(cfg, info->name)
                                               : info->fallback);
}

static void take_all(cfg_t *cfg, const SettingTable *table, void *target)
{
    for (size_t i = 0; i < table->count; i++)
        take_one(cfg, &table->infos[i], target);
}

static void free_fields(const SettingTable *table, void *target)
{
    for (size_t i = 0; i < table->count; i++) {
        const SettingInfo *info = &table->infos[i];
        void *field = (char *)target + info->offset;

        if (info->kind == SETTING_TEXTS || info->kind == SETTING_WORDS)
            g_strfreev(*(char ***)field);
        else if (info->kind == SETTING_TEXT || info->kind == SETTING_FILE)
            g_free(*(char **)field);
    }
}

static ListSettings *take_list(cfg_t *cfg, const char *id)
{
    ListSettings *list = g_new0(ListSettings, 1);

    list->id = g_ascii_strdown(id, -1);
    take_all(cfg, &setting_list, list);
    g_assert(list->name != NULL && list->title != NULL);
    if (*list->name == '\0') {
        g_free(list->name);
        list->name = list_id_short_name(list->id);
    }
    if (*list->title == '\0') {
        g_free(list->title);
        list->title = g_ascii_strup(list->name, -1);
    }
    if (*list->archive == '\0') {
        g_free(list->archive);
        list->archive = list_id_archive(list->id);
        list->archive_source =
            *list->archive != '\0' ? ARCHIVE_BUILT_IN : ARCHIVE_OPEN;
    } else {
        list->archive_source = ARCHIVE_SET;
        if (strcmp(list->archive, SETTINGS_NO_ARCHIVE) == 0)
            *list->archive = '\0';
    }
    g_autofree char *configured = list->prefix;
    list->prefix = list_id_prefix(configured, list->id);
    return list;
}

static DigestSettings *take_digest(cfg_t *cfg, const char *name)
{
    DigestSettings *digest = g_new0(DigestSettings, 1);

    digest->name = g_strdup(name);
    take_all(cfg, &setting_digest, digest);
    return digest;
}

static void digest_settings_release(void *data)
{
    DigestSettings *digest = data;

    g_free(digest->name);
    free_fields(&setting_digest, digest);
    g_free(digest);
}

static void list_settings_release(void *list)
{
    list_settings_free(list);
}

static void group_settings_free(gpointer data)
{
    GroupSettings *group = data;

    g_free(group->name);
    free_fields(&setting_group, group);
    g_free(group);
}

static GroupSettings *take_group(cfg_t *cfg)
{
    GroupSettings *group = g_new0(GroupSettings, 1);

    group->name = g_ascii_strdown(cfg_title(cfg), -1);
    take_all(cfg, &setting_group, group);
    return group;
}

static Settings *take_settings(cfg_t *cfg)
{
    Settings *settings = g_new0(Settings, 1);

    take_all(cfg, &setting_general, settings);
    settings->lists = g_ptr_array_new_with_free_func(list_settings_release);
    for (unsigned i = 0; i < cfg_size(cfg, "list"); i++) {
        cfg_t *section = cfg_getnsec(cfg, "list", i);

        g_ptr_array_add(settings->lists,
                        take_list(section, cfg_title(section)));
    }
    settings->digests = g_ptr_array_new_with_free_func(digest_settings_release);
    for (unsigned i = 0; i < cfg_size(cfg, "digest"); i++) {
        cfg_t *section = cfg_getnsec(cfg, "digest", i);

        g_ptr_array_add(settings->digests,
                        take_digest(section, cfg_title(section)));
    }
    settings->groups = g_ptr_array_new_with_free_func(group_settings_free);
    for (unsigned i = 0; i < cfg_size(cfg, "group"); i++)
        g_ptr_array_add(settings->groups,
                        take_group(cfg_getnsec(cfg, "group", i)));
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

/* Returns the host's own state directory if there is one, even for users who
 * may only read it or not even that: they do not want a second, empty Redis. */
static char *default_state(void)
{
    const char *home = g_getenv("XDG_STATE_HOME");

    if (geteuid() == 0 || g_file_test(SYSTEM_STATE, G_FILE_TEST_IS_DIR))
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

static void settle_socket(Settings *settings)
{
    const char *folder = NULL;

    if (*settings->socket != '\0')
        return;
    folder = g_file_test(POSTFIX_FOLDER, G_FILE_TEST_IS_DIR) ? POSTFIX_FOLDER
                                                             : SOCKET_FOLDER;
    g_free(settings->socket);
    settings->socket = g_strconcat("unix:", folder, "/milter.sock", NULL);
}

/* redis://user:password@host */
static bool has_password(const char *redis)
{
    const char *start = strstr(redis, "://");
    const char *end = start != NULL ? strrchr(start, '@') : NULL;

    return end != NULL && memchr(start + 3, ':', (size_t)(end - start - 3));
}

static bool everybody_reads(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && (status.st_mode & S_IROTH) != 0;
}

static bool check_secrecy(const Settings *settings, const GPtrArray *pieces,
                          GError **error)
{
    if (!has_password(settings->redis))
        return true;
    for (unsigned i = 0; i < pieces->len; i++) {
        const SettingsPiece *piece = pieces->pdata[i];

        if (strstr(piece->text, settings->redis) == NULL ||
            !everybody_reads(piece->path))
            continue;
        g_set_error(error, SETTINGS_ERROR, SETTINGS_ERROR_INVALID,
                    "%s: everybody may read the password in redis: chmod 0640 "
                    "it, or put the password into a redis_password_file",
                    piece->path);
        return false;
    }
    return true;
}

Settings *settings_load(const char *path, const char *state, GError **error)
{
    g_autoptr(GPtrArray) pieces = read_source(path, error);
    Settings *settings = pieces != NULL ? parse(pieces, error) : NULL;

    if (settings == NULL || !check_secrecy(settings, pieces, error)) {
        settings_free(settings);
        return NULL;
    }
    settle_state(settings, state);
    settle_socket(settings);
    return settings;
}

void settings_free(Settings *settings)
{
    if (settings == NULL)
        return;
    free_fields(&setting_general, settings);
    g_ptr_array_unref(settings->lists);
    g_ptr_array_unref(settings->digests);
    g_ptr_array_unref(settings->groups);
    g_free(settings);
}

const DigestSettings *settings_digest(const Settings *settings,
                                      const char *name)
{
    for (unsigned i = 0; i < settings->digests->len; i++) {
        const DigestSettings *digest = settings->digests->pdata[i];

        if (strcmp(digest->name, name) == 0)
            return digest;
    }
    return NULL;
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

char *settings_prefix(const Settings *settings, const char *id)
{
    const ListSettings *list = settings_list(settings, id);

    return list != NULL ? g_strdup(list->prefix) : list_id_prefix("", id);
}

const GroupSettings *settings_group(const Settings *settings, const char *name)
{
    for (unsigned i = 0; i < settings->groups->len; i++) {
        const GroupSettings *group = settings->groups->pdata[i];

        if (g_ascii_strcasecmp(group->name, name) == 0)
            return group;
    }
    return NULL;
}

bool settings_group_has(const GroupSettings *group, const ListSettings *list)
{
    return g_strv_contains((const char *const *)group->lists, list->id) ||
           g_strv_contains((const char *const *)group->lists, list->name);
}

char *settings_group_title(const GroupSettings *group)
{
    return *group->title != '\0' ? g_strdup(group->title)
                                 : g_ascii_strup(group->name, -1);
}

static ListSettings *list_settings_copy(const ListSettings *list)
{
    ListSettings *copy = g_new(ListSettings, 1);

    *copy = (ListSettings){ .id = g_strdup(list->id),
                            .name = g_strdup(list->name),
                            .title = g_strdup(list->title),
                            .archive = g_strdup(list->archive),
                            .archive_source = list->archive_source,
                            .prefix = g_strdup(list->prefix),
                            .addresses = g_strdupv(list->addresses),
                            .untagged = g_strdup(list->untagged),
                            .top = list->top,
                            .maintainers = g_strdup(list->maintainers),
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
    free_fields(&setting_list, list);
    g_free(list->id);
    g_free(list);
}
