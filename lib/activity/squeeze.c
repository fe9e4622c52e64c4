/* SPDX-License-Identifier: MIT */
#include "activity/squeeze.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/banned.h"

/*
 * A squeezed byte is one of
 *   0x00 count     so many bytes follow as they are
 *   0x01 .. 0x07   4, 6, .. 16 digits follow, two in a byte
 *   0x20 .. 0x7e   itself
 *   all others     a fragment
 */
enum {
    CODE_PLAIN = 0x00,
    CODE_DIGITS = 0x01,
    CODE_DIGITS_LAST = 0x07,
    CODE_LOW_FRAGMENT = 0x08, /* to 0x1f */
    CODE_MIDDLE_FRAGMENT = 0x7f,
    LOW_FRAGMENTS = 0x20 - CODE_LOW_FRAGMENT,
    DIGITS_MIN = 4,
    DIGITS_MAX = 16,
    PLAIN_MAX = 0xff,
};

/*
 * Stored: their order is their code, so nothing here may ever change. Sorted
 * by first byte, longer ones first. Trained on titles and ids of one list and
 * filled up with what all have; measured on another: 76 bytes of subject
 * become 46, 44 of Message-ID become 31.
 */
static const char *const fragments[] = {
    " v",
    "()",
    ".com",
    ".org",
    "::",
    "@mail.gmail.com",
    "@linux.ibm.com",
    "@google.com",
    "@huawei.com",
    "@kernel.org",
    "@linaro.org",
    "@oracle.com",
    "@redhat.com",
    "@gmail.com",
    "@intel.com",
    "@linux.dev",
    "@amd.com",
    "@linux.",
    "@suse.",
    "Add ",
    "Convert",
    "Fix ",
    "KVM: ",
    "PATCH",
    "PULL",
    "Re: [PATCH v",
    "Re: [PATCH] ",
    "Re: [PATCH ",
    "RFC PATCH",
    "Remove ",
    "RFC ",
    "Re: ",
    "Use ",
    "[RFC PATCH ",
    "[PATCH v",
    "[PATCH] ",
    "[PATCH ",
    "] ",
    "ation ",
    "arm64",
    "ation",
    "and ",
    "ate ",
    "a ",
    "ac",
    "al",
    "an",
    "ar",
    "at",
    "ble",
    "bug",
    "ce ",
    "cpu",
    "ch",
    "ck",
    "co",
    "ct",
    "dt-bindings: ",
    "device",
    "driver",
    "drm/",
    "dd ",
    "d ",
    "de",
    "di",
    "ent ",
    "ed ",
    "ent",
    "er ",
    "ers",
    "es ",
    "est",
    "e ",
    "e_",
    "el",
    "en",
    "er",
    "es",
    "from ",
    "fix ",
    "for ",
    "git-send-email-",
    "gpu",
    "g ",
    "h ",
    "ibm.com",
    "ing ",
    "ion ",
    "in ",
    "int",
    "ion",
    "irq",
    "ic",
    "il",
    "in",
    "it",
    "kernel",
    "kvm-",
    "kvm",
    "linux",
    "lock",
    "le ",
    "l ",
    "le",
    "lo",
    "move ",
    "mail",
    "mm: ",
    "mem",
    "m ",
    "ma",
    "net-next",
    "net",
    "no",
    "ove ",
    "of ",
    "on ",
    "or ",
    "on",
    "or",
    "page",
    "pci",
    "po",
    "remove ",
    "ra",
    "re",
    "ro",
    "selftests",
    "support",
    "se ",
    "s ",
    "se",
    "st",
    "test",
    "the ",
    "to ",
    "t ",
    "th",
    "to",
    "update",
    "use ",
    "usb",
    "ul",
    "un",
    "ur",
    "virt",
    "ve ",
    "when ",
    "with ",
    "x86/",
    "y ",
};
enum { FRAGMENTS = G_N_ELEMENTS(fragments) };
G_STATIC_ASSERT(FRAGMENTS <= LOW_FRAGMENTS + 1 + 0x80);

/* Where the fragments of a first byte start; 0x21 .. 0x7e and an end. */
typedef struct Index {
    uint8_t first[0x80 + 1];
} Index;

typedef struct Rest {
    const char *at, *end;
} Rest;

static Index index_fragments(void)
{
    Index index;
    unsigned fragment = 0;

    for (unsigned byte = 0; byte < sizeof(index.first); byte++) {
        index.first[byte] = (uint8_t)fragment;
        while (fragment < FRAGMENTS &&
               (unsigned char)*fragments[fragment] == byte)
            fragment++;
    }
    return index;
}

static uint8_t code_of(unsigned fragment)
{
    if (fragment < LOW_FRAGMENTS)
        return (uint8_t)(CODE_LOW_FRAGMENT + fragment);
    return (uint8_t)(CODE_MIDDLE_FRAGMENT + fragment - LOW_FRAGMENTS);
}

/* NULL if code is no fragment's. */
static const char *fragment_of(uint8_t code)
{
    const unsigned fragment =
        code < 0x20 ? code - (unsigned)CODE_LOW_FRAGMENT
                    : code - (unsigned)CODE_MIDDLE_FRAGMENT + LOW_FRAGMENTS;

    return fragment < FRAGMENTS ? fragments[fragment] : NULL;
}

static bool is_plain(char byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

static bool put_digits(GString *out, Rest *rest)
{
    const char *at = rest->at;

    while (at < rest->end && at - rest->at < DIGITS_MAX && g_ascii_isdigit(*at))
        at++;
    const size_t count = (size_t)(at - rest->at) & ~(size_t)1;

    if (count < DIGITS_MIN)
        return false;
    g_string_append_c(out, (char)(CODE_DIGITS + (count - DIGITS_MIN) / 2));
    for (size_t i = 0; i < count; i += 2)
        g_string_append_c(
            out, (char)((rest->at[i] - '0') << 4 | (rest->at[i + 1] - '0')));
    rest->at += count;
    return true;
}

static bool starts(const char *text, size_t left, const char *fragment,
                   size_t length)
{
    return length <= left && memcmp(fragment, text, length) == 0;
}

/* All fragments have two bytes at least: the second one sifts most of them. */
static bool put_fragment(GString *out, const Index *index, Rest *rest)
{
    const unsigned char byte = (unsigned char)*rest->at;
    const size_t left = (size_t)(rest->end - rest->at);

    for (unsigned i = index->first[byte]; i < index->first[byte + 1]; i++) {
        if (left < 2 || fragments[i][1] != rest->at[1])
            continue;
        const size_t length = strlen(fragments[i]);

        if (starts(rest->at, left, fragments[i], length)) {
            g_string_append_c(out, (char)code_of(i));
            rest->at += length;
            return true;
        }
    }
    return false;
}

/* Bytes that would be taken for codes: UTF-8, controls. */
static void put_plain(GString *out, Rest *rest)
{
    const char *at = rest->at;

    while (at < rest->end && at - rest->at < PLAIN_MAX && !is_plain(*at))
        at++;
    g_string_append_c(out, CODE_PLAIN);
    g_string_append_c(out, (char)(at - rest->at));
    g_string_append_len(out, rest->at, at - rest->at);
    rest->at = at;
}

void squeeze_put(GString *out, const char *text, size_t length)
{
    const Index index = index_fragments();
    Rest rest = { text, text + length };

    while (rest.at < rest.end)
        if (!is_plain(*rest.at))
            put_plain(out, &rest);
        else if (!put_digits(out, &rest) && !put_fragment(out, &index, &rest))
            g_string_append_c(out, *rest.at++);
}

static bool get_plain(GString *text, Rest *rest)
{
    if (rest->at == rest->end)
        return false;
    const size_t count = (unsigned char)*rest->at++;

    if (count > (size_t)(rest->end - rest->at))
        return false;
    g_string_append_len(text, rest->at, (gssize)count);
    rest->at += count;
    return true;
}

static bool get_digits(GString *text, Rest *rest, unsigned code)
{
    const size_t pairs = code - CODE_DIGITS + DIGITS_MIN / 2;

    if (pairs > (size_t)(rest->end - rest->at))
        return false;
    for (size_t i = 0; i < pairs; i++) {
        const unsigned char pair = (unsigned char)*rest->at++;

        if (pair >> 4 > 9 || (pair & 0xf) > 9)
            return false;
        g_string_append_c(text, (char)('0' + (pair >> 4)));
        g_string_append_c(text, (char)('0' + (pair & 0xf)));
    }
    return true;
}

static bool get_fragment(GString *text, uint8_t code)
{
    const char *fragment = fragment_of(code);

    if (fragment == NULL)
        return false;
    g_string_append(text, fragment);
    return true;
}

static bool get_one(GString *text, Rest *rest)
{
    const char byte = *rest->at++;
    const uint8_t code = (uint8_t)byte;

    if (is_plain(byte)) {
        g_string_append_c(text, byte);
        return true;
    }
    if (code == CODE_PLAIN)
        return get_plain(text, rest);
    if (code <= CODE_DIGITS_LAST)
        return get_digits(text, rest, code);
    return get_fragment(text, code);
}

char *squeeze_get(const char *bytes, size_t length, size_t *text_length)
{
    g_autoptr(GString) text = g_string_sized_new(2 * length);
    Rest rest = { bytes, bytes + length };

    while (rest.at < rest.end)
        if (!get_one(text, &rest))
            return NULL;
    *text_length = text->len;
    return g_string_free(g_steal_pointer(&text), FALSE);
}
