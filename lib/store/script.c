/* SPDX-License-Identifier: MIT */
#include "store/script.h"

#include <string.h>

#include "base/hex.h"
#include "base/sha.h"
#include "store/keys.h"

#include "base/banned.h"

/* EVALSHA, the digest, the number of keys, the keys. */
enum { WORDS_BEFORE = 5 };

static const char *text_of(ScriptName name)
{
    static const char *const texts[SCRIPTS] = {
        [SCRIPT_COUNT] = store_count_script,
        [SCRIPT_ERASE] = store_erase_script,
        [SCRIPT_SWAP] = store_swap_script,
        [SCRIPT_RESTORE] = store_restore_script,
    };

    return texts[name];
}

/* As EVALSHA names a script. */
static char *digest_of(const char *text)
{
    uint8_t digest[SHA1_BYTES];
    char *digits = g_malloc(2 * SHA1_BYTES + 1);

    sha1_of(text, strlen(text), digest);
    hex_encode(digest, sizeof(digest), digits);
    return digits;
}

const char *script_digest(ScriptName name)
{
    static gsize digests[SCRIPTS];

    if (g_once_init_enter(&digests[name]))
        g_once_init_leave(&digests[name], (gsize)digest_of(text_of(name)));
    return (const char *)digests[name];
}

bool script_load(Router *router, ScriptName name, GError **error)
{
    g_autoptr(GPtrArray) replies =
        router_everywhere(router, error, "SCRIPT", "LOAD", text_of(name), NULL);

    if (replies == NULL)
        return false;
    for (unsigned i = 0; i < replies->len; i++) {
        if (!reply_is_good(g_ptr_array_index(replies, i), error))
            return false;
    }
    return true;
}

static void free_word(gpointer word)
{
    g_string_free(word, TRUE);
}

GPtrArray *script_words_new(void)
{
    return g_ptr_array_new_with_free_func(free_word);
}

void script_add_bytes(GPtrArray *words, const void *bytes, size_t length)
{
    g_ptr_array_add(words, g_string_new_len(bytes, (gssize)length));
}

void script_add_text(GPtrArray *words, const char *text)
{
    script_add_bytes(words, text, strlen(text));
}

void script_add_number(GPtrArray *words, uint64_t number)
{
    GString *word = g_string_new(NULL);

    g_string_printf(word, "%" G_GUINT64_FORMAT, (guint64)number);
    g_ptr_array_add(words, word);
}

void script_add_flag(GPtrArray *words, bool flag)
{
    script_add_text(words, flag ? "1" : "0");
}

void script_add_call(Batch *batch, ScriptName name, const char *list,
                     const char *key, const GPtrArray *words)
{
    const unsigned count = WORDS_BEFORE + words->len;
    g_autofree char *nowhere = keys_of_list(list, "nowhere");
    g_autofree const char **arguments = g_new(const char *, count);
    g_autofree size_t *lengths = g_new(size_t, count);

    arguments[0] = "EVALSHA";
    arguments[1] = script_digest(name);
    arguments[2] = "2";
    arguments[3] = key;
    arguments[4] = nowhere;
    for (unsigned i = 0; i < WORDS_BEFORE; i++)
        lengths[i] = strlen(arguments[i]);
    for (unsigned i = 0; i < words->len; i++) {
        const GString *word = g_ptr_array_index(words, i);
        arguments[WORDS_BEFORE + i] = word->str;
        lengths[WORDS_BEFORE + i] = word->len;
    }
    batch_add(batch, list, (int)count, arguments, lengths);
}
