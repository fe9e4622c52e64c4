/* SPDX-License-Identifier: MIT */
#include "activity/record_fields.h"

#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum {
    LINK_BYTES = 6,
    DIGITS_MIN = 7,
    VERSION_BYTES = 2,
    DEFECTS_BYTES = 2,
    ATTACHED_BYTES = 1,
};

static char *take_text(BytesReader *reader)
{
    size_t length = 0;
    const char *text = bytes_get_string(reader, &length);

    if (text == NULL || memchr(text, '\0', length) != NULL ||
        !(text_is_ascii(text, length) ||
          g_utf8_validate(text, (gssize)length, NULL))) {
        reader->failed = true;
        return NULL;
    }
    return g_strndup(text, length);
}

/* --- paths: each as what it shares with the one before, and the rest ------ */

static bool has_paths(const RecordFields *fields)
{
    return fields->paths != NULL;
}

static size_t shared_length(const char *one, const char *other)
{
    size_t length = 0;

    while (length < UINT8_MAX && one[length] != '\0' &&
           one[length] == other[length])
        length++;
    return length;
}

static void put_paths(GString *out, const RecordFields *fields)
{
    const char *before = "";

    for (char **path = fields->paths; *path != NULL; path++) {
        const size_t shared = shared_length(before, *path);

        bytes_put(out, shared, 1);
        bytes_put_string(out, *path + shared, strlen(*path + shared));
        before = *path;
    }
}

static char *take_path(BytesReader *reader, const char *before)
{
    const size_t shared = bytes_get(reader, 1);
    size_t length = 0;
    const char *rest = bytes_get_string(reader, &length);

    if (rest == NULL || shared > strlen(before) ||
        memchr(rest, '\0', length) != NULL || shared + length == 0)
        return NULL;
    char *path = g_malloc(shared + length + 1);

    memcpy(path, before, shared);
    memcpy(path + shared, rest, length);
    path[shared + length] = '\0';
    if (text_is_ascii(path, shared + length) || g_utf8_validate(path, -1, NULL))
        return path;
    g_free(path);
    return NULL;
}

static void get_paths(BytesReader *reader, RecordFields *fields)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    const char *before = "";
    size_t bytes = 0;

    while (reader->at < reader->end && !reader->failed) {
        char *path = take_path(reader, before);

        if (path != NULL)
            g_ptr_array_add(paths, path);
        bytes += path != NULL ? strlen(path) : 0;
        if (path == NULL || paths->len > RECORD_PATHS_MAX ||
            bytes > RECORD_PATH_BYTES_MAX)
            reader->failed = true;
        before = path;
    }
    if (reader->failed)
        return;
    g_ptr_array_add(paths, NULL);
    fields->paths = (char **)g_ptr_array_free(g_steal_pointer(&paths), FALSE);
}

static void move_paths(RecordFields *to, RecordFields *from)
{
    to->paths = g_steal_pointer(&from->paths);
}

/* --- the id inside -------------------------------------------------------- */

static bool has_inner(const RecordFields *fields)
{
    return fields->inner_link != 0;
}

static void put_inner(GString *out, const RecordFields *fields)
{
    bytes_put(out, fields->inner_link, LINK_BYTES);
}

static void get_inner(BytesReader *reader, RecordFields *fields)
{
    fields->inner_link = bytes_get(reader, LINK_BYTES);
}

static void move_inner(RecordFields *to, RecordFields *from)
{
    to->inner_link = from->inner_link;
}

/* --- commit ids: how many digits, then two of them a byte ------------------
 */

static void put_digits(GString *out, const char *digits)
{
    const size_t length = strlen(digits);

    bytes_put(out, length, 1);
    for (size_t i = 0; i < length; i += 2) {
        const int low =
            i + 1 < length ? g_ascii_xdigit_value(digits[i + 1]) : 0;

        bytes_put(
            out, (uint64_t)g_ascii_xdigit_value(digits[i]) << 4 | (uint64_t)low,
            1);
    }
}

static char *take_digits(BytesReader *reader, size_t max)
{
    static const char names[] = "0123456789abcdef";
    const size_t length = bytes_get(reader, 1);
    const uint8_t *bytes = length < DIGITS_MIN || length > max
                               ? NULL
                               : bytes_get_raw(reader, (length + 1) / 2);

    if (bytes == NULL) {
        reader->failed = true;
        return NULL;
    }
    char *digits = g_malloc(length + 1);

    for (size_t i = 0; i < length; i++)
        digits[i] = names[i % 2 == 0 ? bytes[i / 2] >> 4 : bytes[i / 2] & 0xf];
    digits[length] = '\0';
    return digits;
}

static bool has_fixes(const RecordFields *fields)
{
    return fields->fixes != NULL;
}

static void put_fixes(GString *out, const RecordFields *fields)
{
    for (char **digits = fields->fixes; *digits != NULL; digits++)
        put_digits(out, *digits);
}

static void get_fixes(BytesReader *reader, RecordFields *fields)
{
    g_autoptr(GPtrArray) fixes = g_ptr_array_new_with_free_func(g_free);

    while (reader->at < reader->end && !reader->failed) {
        char *digits = take_digits(reader, RECORD_FIXES_DIGITS);

        if (digits != NULL)
            g_ptr_array_add(fixes, digits);
        if (fixes->len > RECORD_FIXES_MAX)
            reader->failed = true;
    }
    if (reader->failed)
        return;
    g_ptr_array_add(fixes, NULL);
    fields->fixes = (char **)g_ptr_array_free(g_steal_pointer(&fixes), FALSE);
}

static void move_fixes(RecordFields *to, RecordFields *from)
{
    to->fixes = g_steal_pointer(&from->fixes);
}

static bool has_base(const RecordFields *fields)
{
    return fields->base_commit != NULL;
}

static void put_base(GString *out, const RecordFields *fields)
{
    put_digits(out, fields->base_commit);
}

static void get_base(BytesReader *reader, RecordFields *fields)
{
    fields->base_commit = take_digits(reader, RECORD_COMMIT_DIGITS);
}

static void move_base(RecordFields *to, RecordFields *from)
{
    to->base_commit = g_steal_pointer(&from->base_commit);
}

/* --- the pull request's address --------------------------------------------
 */

static bool has_pull(const RecordFields *fields)
{
    return fields->pull_url != NULL;
}

static void put_pull(GString *out, const RecordFields *fields)
{
    const char *ref = fields->pull_ref != NULL ? fields->pull_ref : "";

    bytes_put_string(out, fields->pull_url, strlen(fields->pull_url));
    bytes_put_string(out, ref, strlen(ref));
}

static void get_pull(BytesReader *reader, RecordFields *fields)
{
    g_autofree char *url = take_text(reader);
    g_autofree char *ref = take_text(reader);

    if (url == NULL || ref == NULL)
        return;
    fields->pull_url = g_steal_pointer(&url);
    if (ref[0] != '\0')
        fields->pull_ref = g_steal_pointer(&ref);
}

static void move_pull(RecordFields *to, RecordFields *from)
{
    to->pull_url = g_steal_pointer(&from->pull_url);
    to->pull_ref = g_steal_pointer(&from->pull_ref);
}

/* --- ancestors ------------------------------------------------------------ */

static bool has_ancestors(const RecordFields *fields)
{
    return fields->ancestor_count > 0;
}

static void put_ancestors(GString *out, const RecordFields *fields)
{
    for (unsigned i = 0; i < fields->ancestor_count; i++)
        bytes_put(out, fields->ancestors[i], LINK_BYTES);
}

static void get_ancestors(BytesReader *reader, RecordFields *fields)
{
    while (reader->at < reader->end && !reader->failed) {
        if (fields->ancestor_count == RECORD_ANCESTORS_MAX) {
            reader->failed = true;
            return;
        }
        fields->ancestors[fields->ancestor_count++] =
            bytes_get(reader, LINK_BYTES);
    }
}

static void move_ancestors(RecordFields *to, RecordFields *from)
{
    memcpy(to->ancestors, from->ancestors, sizeof(to->ancestors));
    to->ancestor_count = from->ancestor_count;
}

/* --- the version of an attached patch --------------------------------------
 */

static bool has_version(const RecordFields *fields)
{
    return fields->version != 0;
}

static void put_version(GString *out, const RecordFields *fields)
{
    bytes_put(out, fields->version, VERSION_BYTES);
}

static void get_version(BytesReader *reader, RecordFields *fields)
{
    fields->version = (unsigned)bytes_get(reader, VERSION_BYTES);
}

static void move_version(RecordFields *to, RecordFields *from)
{
    to->version = from->version;
}

/* --- what is wrong with it --------------------------------------------------
 */

static bool has_defects(const RecordFields *fields)
{
    return fields->defects != 0;
}

static void put_defects(GString *out, const RecordFields *fields)
{
    bytes_put(out, fields->defects, DEFECTS_BYTES);
}

static void get_defects(BytesReader *reader, RecordFields *fields)
{
    fields->defects = (unsigned)bytes_get(reader, DEFECTS_BYTES);
}

static void move_defects(RecordFields *to, RecordFields *from)
{
    to->defects = from->defects;
}

/* --- its list's archive -----------------------------------------------------
 */

static bool has_archive(const RecordFields *fields)
{
    return fields->archive != NULL;
}

static void put_archive(GString *out, const RecordFields *fields)
{
    bytes_put_string(out, fields->archive, strlen(fields->archive));
}

static void get_archive(BytesReader *reader, RecordFields *fields)
{
    fields->archive = take_text(reader);
}

static void move_archive(RecordFields *to, RecordFields *from)
{
    to->archive = g_steal_pointer(&from->archive);
}

/* --- attached patches -------------------------------------------------------
 */

static bool has_attached(const RecordFields *fields)
{
    return fields->attached > 1;
}

static void put_attached(GString *out, const RecordFields *fields)
{
    bytes_put(out, fields->attached, ATTACHED_BYTES);
}

static void get_attached(BytesReader *reader, RecordFields *fields)
{
    fields->attached = (unsigned)bytes_get(reader, ATTACHED_BYTES);
}

static void move_attached(RecordFields *to, RecordFields *from)
{
    to->attached = from->attached;
}

/* --- the first words of a title ---------------------------------------------
 */

static bool has_opening(const RecordFields *fields)
{
    return fields->opening_link != 0;
}

static void put_opening(GString *out, const RecordFields *fields)
{
    bytes_put(out, fields->opening_link, LINK_BYTES);
}

static void get_opening(BytesReader *reader, RecordFields *fields)
{
    fields->opening_link = bytes_get(reader, LINK_BYTES);
}

static void move_opening(RecordFields *to, RecordFields *from)
{
    to->opening_link = from->opening_link;
}

/* --- all of them ------------------------------------------------------------
 */

typedef struct Field {
    bool (*has)(const RecordFields *fields);
    void (*put)(GString *out, const RecordFields *fields);
    void (*get)(BytesReader *reader, RecordFields *fields);
    void (*move)(RecordFields *to, RecordFields *from);
} Field;

static const Field table[] = {
    [RECORD_FIELD_PATHS] = { has_paths, put_paths, get_paths, move_paths },
    [RECORD_FIELD_INNER] = { has_inner, put_inner, get_inner, move_inner },
    [RECORD_FIELD_FIXES] = { has_fixes, put_fixes, get_fixes, move_fixes },
    [RECORD_FIELD_BASE] = { has_base, put_base, get_base, move_base },
    [RECORD_FIELD_PULL] = { has_pull, put_pull, get_pull, move_pull },
    [RECORD_FIELD_ANCESTORS] = { has_ancestors, put_ancestors, get_ancestors,
                                 move_ancestors },
    [RECORD_FIELD_VERSION] = { has_version, put_version, get_version,
                               move_version },
    [RECORD_FIELD_DEFECTS] = { has_defects, put_defects, get_defects,
                               move_defects },
    [RECORD_FIELD_ARCHIVE] = { has_archive, put_archive, get_archive,
                               move_archive },
    [RECORD_FIELD_ATTACHED] = { has_attached, put_attached, get_attached,
                                move_attached },
    [RECORD_FIELD_OPENING] = { has_opening, put_opening, get_opening,
                               move_opening },
};
G_STATIC_ASSERT(G_N_ELEMENTS(table) == RECORD_FIELD_LAST + 1);

void record_fields_put(GString *out, const RecordFields *fields)
{
    for (unsigned number = 1; number <= RECORD_FIELD_LAST; number++) {
        if (!table[number].has(fields))
            continue;
        g_autoptr(GString) value = g_string_new(NULL);

        table[number].put(value, fields);
        bytes_put(out, number, 1);
        bytes_put_string(out, value->str, value->len);
    }
    if (fields->unknown != NULL) {
        gsize length = 0;
        const char *bytes = g_bytes_get_data(fields->unknown, &length);

        g_string_append_len(out, bytes, (gssize)length);
    }
}

/* A value ends where its length says, and has what its field wants. */
static bool get_value(BytesReader value, unsigned number, RecordFields *fields)
{
    table[number].get(&value, fields);
    return !value.failed && value.at == value.end && table[number].has(fields);
}

void record_fields_get(BytesReader *reader, RecordFields *fields)
{
    const uint8_t *unknown = NULL;
    unsigned before = 0;

    while (reader->at < reader->end && !reader->failed) {
        const uint8_t *start = reader->at;
        const unsigned number = (unsigned)bytes_get(reader, 1);
        size_t length = 0;
        const char *value = bytes_get_string(reader, &length);

        if (value == NULL || number <= before || number > RECORD_FIELD_MAX)
            reader->failed = true;
        else if (number > RECORD_FIELD_LAST)
            unknown = unknown == NULL ? start : unknown;
        else if (!get_value(bytes_reader(value, length), number, fields))
            reader->failed = true;
        before = number;
    }
    if (unknown != NULL && !reader->failed)
        fields->unknown = g_bytes_new(unknown, (gsize)(reader->end - unknown));
}

void record_fields_clear(RecordFields *fields)
{
    g_strfreev(fields->paths);
    g_strfreev(fields->fixes);
    g_free(fields->base_commit);
    g_free(fields->pull_url);
    g_free(fields->pull_ref);
    g_free(fields->archive);
    if (fields->unknown != NULL)
        g_bytes_unref(fields->unknown);
    memset(fields, 0, sizeof(*fields));
}

bool record_fields_fill(RecordFields *to, RecordFields *from)
{
    bool is_changed = false;

    for (unsigned number = 1; number <= RECORD_FIELD_LAST; number++) {
        if (table[number].has(to) || !table[number].has(from))
            continue;
        table[number].move(to, from);
        is_changed = true;
    }
    return is_changed;
}
