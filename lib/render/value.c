/* SPDX-License-Identifier: MIT */
#include "render/value.h"

#include "base/text.h"

#include <string.h>

#include "base/banned.h"

typedef enum ValueKind {
    VALUE_OBJECT,
    VALUE_ARRAY,
    VALUE_NULL,
    VALUE_FALSE,
    VALUE_TRUE,
    VALUE_INTEGER,
    VALUE_TEXT,
} ValueKind;

struct Value {
    ValueKind kind;
    const char *key;     /* in an object */
    Value *next;         /* in its parent */
    Value *first, *last; /* of an object, an array */
    int64_t integer;
    size_t length;
    char text[];
};

static Value *value_new(ValueKind kind, size_t length)
{
    Value *value = g_malloc(sizeof(Value) + length);

    *value = (Value){ .kind = kind, .length = length };
    return value;
}

Value *value_object(void)
{
    return value_new(VALUE_OBJECT, 0);
}

Value *value_array(void)
{
    return value_new(VALUE_ARRAY, 0);
}

Value *value_null(void)
{
    return value_new(VALUE_NULL, 0);
}

Value *value_boolean(bool is_true)
{
    return value_new(is_true ? VALUE_TRUE : VALUE_FALSE, 0);
}

Value *value_integer(int64_t integer)
{
    Value *value = value_new(VALUE_INTEGER, 0);

    value->integer = integer;
    return value;
}

static Value *text_of(const char *text, size_t length)
{
    Value *value = value_new(VALUE_TEXT, length);

    memcpy(value->text, text, length);
    return value;
}

/* What is kept is UTF-8, but what comes out must be even if bytes of the store
 * are damaged. */
Value *value_text(const char *text)
{
    if (text == NULL)
        return value_null();

    const size_t length = strlen(text);

    if (text_is_ascii(text, length) ||
        g_utf8_validate(text, (gssize)length, NULL))
        return text_of(text, length);

    g_autofree char *valid = text_make_valid(text, length);
    return text_of(valid, strlen(valid));
}

static Value *time_of(int64_t seconds, int milliseconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);

    if (time == NULL)
        return value_null();

    g_autofree char *text = g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");

    g_autofree char *instant =
        milliseconds < 0 ? g_strconcat(text, "Z", NULL)
                         : g_strdup_printf("%s.%03dZ", text, milliseconds);
    return value_text(instant);
}

Value *value_instant(int64_t time_ms)
{
    if (time_ms < 0)
        return value_null();
    return time_of(time_ms / 1000, (int)(time_ms % 1000));
}

Value *value_date(int64_t seconds)
{
    return time_of(seconds, -1);
}

static void add(Value *parent, Value *child)
{
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
}

void value_set(Value *object, const char *key, Value *member)
{
    g_assert(object->kind == VALUE_OBJECT);
    member->key = key;
    add(object, member);
}

void value_append(Value *array, Value *item)
{
    g_assert(array->kind == VALUE_ARRAY);
    add(array, item);
}

/* --- text ------------------------------------------------------------- */

static bool is_unsafe(gunichar character)
{
    const GUnicodeType type = g_unichar_type(character);

    return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
           type == G_UNICODE_LINE_SEPARATOR ||
           type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static void put_escape(GString *out, gunichar character)
{
    if (character < 0x10000) {
        g_string_append_printf(out, "\\u%04x", character);
        return;
    }
    character -= 0x10000;
    g_string_append_printf(out, "\\u%04x\\u%04x", 0xd800 + (character >> 10),
                           0xdc00 + (character & 0x3ff));
}

static void put_ascii(GString *out, char character)
{
    static const char letters[] = "\b\f\n\r\t\"\\";
    static const char names[] = "bfnrt\"\\";
    const char *letter = strchr(letters, character);

    if (letter != NULL && *letter != '\0') {
        g_string_append_c(out, '\\');
        g_string_append_c(out, names[letter - letters]);
    } else if (character < ' ') {
        g_string_append_printf(out, "\\u%04X", (unsigned)character);
    } else {
        put_escape(out, (gunichar)character); /* DEL */
    }
}

static bool is_plain(char character)
{
    return character >= ' ' && character < 0x7f && character != '"' &&
           character != '\\';
}

static size_t put_one(GString *out, const char *at)
{
    if ((unsigned char)*at < 0x80) {
        put_ascii(out, *at);
        return 1;
    }

    const size_t length = (size_t)g_utf8_skip[*(const guchar *)at];
    const gunichar character = g_utf8_get_char(at);

    if (is_unsafe(character))
        put_escape(out, character);
    else
        g_string_append_len(out, at, (gssize)length);
    return length;
}

static void put_text(GString *out, const char *text, size_t length)
{
    g_string_append_c(out, '"');
    for (size_t at = 0; at < length;) {
        const size_t start = at;

        while (at < length && is_plain(text[at]))
            at++;
        g_string_append_len(out, text + start, (gssize)(at - start));
        if (at < length)
            at += put_one(out, text + at);
    }
    g_string_append_c(out, '"');
}

static void put_integer(GString *out, int64_t integer)
{
    char digits[24];
    size_t at = sizeof(digits);
    uint64_t rest = integer < 0 ? -(uint64_t)integer : (uint64_t)integer;

    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (integer < 0)
        digits[--at] = '-';
    g_string_append_len(out, digits + at, (gssize)(sizeof(digits) - at));
}

static void put_line(GString *out, unsigned depth)
{
    static const char blanks[] = "                ";
    size_t left = 2 * (size_t)depth;

    g_string_append_c(out, '\n');
    for (; left > 0; left -= MIN(left, sizeof(blanks) - 1))
        g_string_append_len(out, blanks, (gssize)MIN(left, sizeof(blanks) - 1));
}

/* Digests are a few levels deep, and none of it is anybody's choice.
 * NOLINTBEGIN(misc-no-recursion) */
static void put(GString *out, const Value *value, unsigned depth);

static void put_children(GString *out, const Value *parent, unsigned depth)
{
    const bool is_object = parent->kind == VALUE_OBJECT;

    g_string_append_c(out, is_object ? '{' : '[');
    for (const Value *child = parent->first; child != NULL;
         child = child->next) {
        put_line(out, depth + 1);
        if (is_object) {
            g_string_append_c(out, '"');
            g_string_append(out, child->key);
            g_string_append_len(out, "\": ", 3);
        }
        put(out, child, depth + 1);
        if (child->next != NULL)
            g_string_append_c(out, ',');
    }
    if (parent->first != NULL)
        put_line(out, depth);
    g_string_append_c(out, is_object ? '}' : ']');
}

static void put(GString *out, const Value *value, unsigned depth)
{
    switch (value->kind) {
    case VALUE_OBJECT:
    case VALUE_ARRAY:
        put_children(out, value, depth);
        return;
    case VALUE_NULL:
        g_string_append(out, "null");
        return;
    case VALUE_FALSE:
        g_string_append(out, "false");
        return;
    case VALUE_TRUE:
        g_string_append(out, "true");
        return;
    case VALUE_INTEGER:
        put_integer(out, value->integer);
        return;
    case VALUE_TEXT:
        put_text(out, value->text, value->length);
        return;
    }
    g_assert_not_reached();
}

/* NOLINTEND(misc-no-recursion) */

void value_write(const Value *value, GString *out)
{
    put(out, value, 0);
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as a digest */
void value_free(Value *value)
{
    while (value != NULL) {
        Value *next = value->next;

        value_free(value->first);
        g_free(value);
        value = next;
    }
}
