/* SPDX-License-Identifier: MIT */
#include "store/reply.h"

#include "store/store.h"

#include <string.h>

/* What a caller would do about each of Redis' error words. */
static const struct {
    const char *word;
    StoreError code;
} classes[] = {
    { "LOADING", STORE_ERROR_WAIT },
    { "BUSY", STORE_ERROR_WAIT },
    { "MASTERDOWN", STORE_ERROR_WAIT },
    { "TRYAGAIN", STORE_ERROR_WAIT },
    { "NOREPLICAS", STORE_ERROR_WAIT },
    { "READONLY", STORE_ERROR_MASTER },
    { "MOVED", STORE_ERROR_MASTER },
    { "ASK", STORE_ERROR_WAIT },
    { "CLUSTERDOWN", STORE_ERROR_MASTER },
    { "UNBLOCKED", STORE_ERROR_MASTER },
    { "OOM", STORE_ERROR_FULL },
    { "MISCONF", STORE_ERROR_FULL },
    { "NOAUTH", STORE_ERROR_DENIED },
    { "WRONGPASS", STORE_ERROR_DENIED },
    { "NOPERM", STORE_ERROR_DENIED },
    { "WRONGTYPE", STORE_ERROR_SCHEMA },
    { "GAP", STORE_ERROR_GAP },
};

/* What a script meets that touches a key of a slot on its way elsewhere. */
static const char non_local_key[] = "non local key";

void reply_free(Reply *reply)
{
    if (reply != NULL)
        freeReplyObject(reply);
}

bool reply_is_error(const Reply *reply, const char *word)
{
    const size_t length = strlen(word);

    if (reply->type != REDIS_REPLY_ERROR || reply->len < length)
        return false;
    return memcmp(reply->str, word, length) == 0 &&
           (reply->len == length || reply->str[length] == ' ' ||
            reply->str[length] == ':');
}

bool reply_says_slot_moves(const Reply *reply)
{
    return reply_is_error(reply, "TRYAGAIN") ||
           (reply->type == REDIS_REPLY_ERROR &&
            strstr(reply->str, non_local_key) != NULL);
}

bool reply_is_string(const Reply *reply)
{
    return reply->type == REDIS_REPLY_STRING;
}

static StoreError classify(const Reply *reply)
{
    for (size_t i = 0; i < G_N_ELEMENTS(classes); i++) {
        if (reply_is_error(reply, classes[i].word))
            return classes[i].code;
    }
    /* A script passes the class of a command inside it on in the middle. */
    for (size_t i = 0; i < G_N_ELEMENTS(classes); i++) {
        g_autofree char *inside = g_strconcat("-", classes[i].word, NULL);
        if (strstr(reply->str, inside) != NULL)
            return classes[i].code;
    }
    if (strstr(reply->str, non_local_key) != NULL)
        return STORE_ERROR_WAIT;
    return STORE_ERROR_SCHEMA;
}

bool reply_is_good(const Reply *reply, GError **error)
{
    if (reply->type != REDIS_REPLY_ERROR)
        return true;
    g_autofree char *text = g_utf8_make_valid(reply->str, (gssize)reply->len);
    g_set_error(error, STORE_ERROR, classify(reply), "Redis says: %s", text);
    return false;
}
