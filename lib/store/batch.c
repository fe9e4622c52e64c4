/* SPDX-License-Identifier: MIT */
#include "store/batch.h"

#include "store/error.h"

#include "base/banned.h"

static void command_clear(gpointer data)
{
    BatchCommand *command = data;

    g_free(command->tag);
    redisFreeCommand(command->bytes);
    reply_free(command->reply);
    g_free(command->asked);
}

Batch *batch_new(void)
{
    Batch *batch = g_new0(Batch, 1);

    batch->commands = g_array_new(FALSE, FALSE, sizeof(BatchCommand));
    g_array_set_clear_func(batch->commands, command_clear);
    return batch;
}

void batch_free(Batch *batch)
{
    if (batch == NULL)
        return;
    g_array_unref(batch->commands);
    g_free(batch);
}

void batch_add(Batch *batch, const char *tag, int count,
               const char *const *arguments, const size_t *lengths)
{
    BatchCommand command = { .tag = g_strdup(tag) };
    const int length = redisFormatCommandArgv(
        &command.bytes, count, (const char **)(guintptr)arguments, lengths);

    g_assert(length > 0);
    command.length = (size_t)length;
    g_array_append_val(batch->commands, command);
}

GPtrArray *batch_collect_words(const char *word, va_list list)
{
    GPtrArray *words = g_ptr_array_new();

    for (; word != NULL; word = va_arg(list, const char *))
        g_ptr_array_add(words, (gpointer)(gintptr)word);
    return words;
}

void batch_add_list(Batch *batch, const char *tag, const char *word,
                    va_list list)
{
    g_autoptr(GPtrArray) words = batch_collect_words(word, list);

    batch_add(batch, tag, (int)words->len, (const char *const *)words->pdata,
              NULL);
}

void batch_add_words(Batch *batch, const char *tag, const char *word, ...)
{
    va_list list;

    va_start(list, word);
    batch_add_list(batch, tag, word, list);
    va_end(list);
}

unsigned batch_length(const Batch *batch)
{
    return batch->commands->len;
}

const Reply *batch_reply(const Batch *batch, unsigned i)
{
    return batch_command(batch, i)->reply;
}

/* Returns the name of a command from its form in the protocol:
 * "*2\r\n$3\r\nGET\r\n...". */
static char *name_of(const BatchCommand *command)
{
    g_auto(GStrv) lines = g_strsplit(command->bytes, "\r\n", 4);

    return g_strv_length(lines) > 2 ? g_ascii_strdown(lines[2], -1)
                                    : g_strdup("");
}

/* The error names the command, whatever words Redis used to refuse it. */
bool batch_judge(const char *name, const Reply *reply, GError **error)
{
    if (reply_is_good(reply, error))
        return true;
    if (reply_is_error(reply, "NOPERM"))
        g_prefix_error(error, "denied: %s: ", name);
    return false;
}

bool batch_judge_command(const BatchCommand *command, const Reply *reply,
                         GError **error)
{
    if (reply->type != REDIS_REPLY_ERROR)
        return true;
    g_autofree char *name = name_of(command);
    return batch_judge(name, reply, error);
}

const Reply *batch_good_reply(const Batch *batch, unsigned i, GError **error)
{
    const Reply *reply = batch_reply(batch, i);

    if (reply == NULL) {
        g_set_error_literal(error, STORE_ERROR, STORE_ERROR_UNREACHABLE,
                            "Redis did not answer");
        return NULL;
    }
    return batch_judge_command(batch_command(batch, i), reply, error) ? reply
                                                                      : NULL;
}

void batch_forget_replies(Batch *batch)
{
    for (unsigned i = 0; i < batch->commands->len; i++)
        g_clear_pointer(&batch_command(batch, i)->reply, reply_free);
}
