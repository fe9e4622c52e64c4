/* SPDX-License-Identifier: MIT */
#include "store/reply.h"

#include "store/error.h"

#include <string.h>

#include "base/banned.h"

/* The error codes of Redis' error words. */
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
    { "DENIED", STORE_ERROR_DENIED }, /* of our scripts */
    { "WRONGTYPE", STORE_ERROR_SCHEMA },
    { "GAP", STORE_ERROR_GAP },
};

/*
 * Many errors begin with ERR, and in a script even those that have a word of
 * their own outside. These are parts of what Redis 7.0 to 8.0 and Valkey 8.1
 * say then.
 */
static const struct {
    const char *part;
    StoreError code;
} texts[] = {
    /* a slot on its way elsewhere */
    { "non local key", STORE_ERROR_WAIT },
    { "keys were accessed during rehashing", STORE_ERROR_WAIT },
    { "access a slot not served", STORE_ERROR_MASTER },
    { "while the cluster is down", STORE_ERROR_MASTER },
    { "max number of clients", STORE_ERROR_WAIT },
    { "cript killed by user", STORE_ERROR_WAIT },
    { "ACL failure in script", STORE_ERROR_DENIED },
    { "user executing the script can't", STORE_ERROR_DENIED },
    { "AUTH <password> called without", STORE_ERROR_DENIED },
    { "DB index is out of range", STORE_ERROR_SPEC },
    { "SELECT is not allowed in cluster mode", STORE_ERROR_SPEC },
    { "cluster support disabled", STORE_ERROR_SPEC },
};

/* What our scripts say, followed by the names of commands. */
static const char denied[] = "DENIED";

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

/* Returns the code for a part of the text, or STORE_ERROR_SCHEMA. */
static StoreError class_of_text(const char *text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (strstr(text, texts[i].part) != NULL)
            return texts[i].code;
    }
    return STORE_ERROR_SCHEMA;
}

bool reply_says_slot_moves(const Reply *reply)
{
    return reply_is_error(reply, "TRYAGAIN") ||
           (reply_is_error(reply, "ERR") &&
            (strstr(reply->str, "non local key") != NULL ||
             strstr(reply->str, "during rehashing") != NULL));
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
    return class_of_text(reply->str);
}

/* "\r\nused_memory:1024\r\n" */
char *reply_info_field(const char *info, const char *field)
{
    g_autofree char *start = g_strdup_printf("\n%s:", field);
    const char *at = strstr(info, start);

    if (at == NULL)
        return NULL;
    at += strlen(start);
    return g_strndup(at, strcspn(at, "\r\n"));
}

bool reply_is_good(const Reply *reply, GError **error)
{
    if (reply->type != REDIS_REPLY_ERROR)
        return true;
    g_autofree char *text = g_utf8_make_valid(reply->str, (gssize)reply->len);

    if (reply_is_error(reply, denied)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_DENIED,
                    "denied: %s: an ACL of Redis forbids it; "
                    "listpulse-counters(7) lists what is needed",
                    text + strlen(denied) + 1);
        return false;
    }
    g_set_error(error, STORE_ERROR, classify(reply), "Redis says: %s", text);
    return false;
}
