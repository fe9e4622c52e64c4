/* SPDX-License-Identifier: MIT */
/*
 * notices LABELS LIST=ARCHIVE...
 *     Reads the archives as an import does, and prints how many of the labelled
 *     mails are notices and should be, by list and half (see README.md).
 * notices --faults HALF LABELS LIST=ARCHIVE...
 *     Prints the marks of a half that are not read as labelled.
 * notices --candidates LIST=ARCHIVE
 *     Prints the answers of a list that hold a key word of the lexicon, to be
 *     labelled: mark, evidence, and the lines that hold it.
 */
#include <stdio.h>
#include <string.h>

#include "activity/activity.h"
#include "archive/archive.h"
#include "base/hex.h"
#include "mail/capture.h"
#include "patch/lexicon.h"
#include "patch/line.h"
#include "patch/sentence.h"
#include "sets/build.h"

#include "base/banned.h"

enum { MARK_DIGITS = 2 * RECORD_MARK_BYTES };

typedef enum Label {
    LABEL_NONE,
    LABEL_APPLIED,
    LABEL_WITHDRAWN,
    LABEL_ARGUABLE,
    LABELS
} Label;

static const char *const label_names[LABELS] = { "none", "applied", "withdrawn",
                                                 "arguable" };

typedef struct List {
    char *name, *path;
    GArray *records;  /* PostRecord, in order of arrival */
    GPtrArray *texts; /* char *, of the candidates, by post; or NULL */
    People *people;
    GHashTable *numbers; /* raw From -> number */
    Sets *sets;
    GHashTable *by_mark; /* hex digits -> 1 + index of record */
} List;

/* --- reading ------------------------------------------------------------- */

static uint32_t number_of(List *list, const MailPerson *person)
{
    gpointer known = g_hash_table_lookup(list->numbers, person->raw);

    if (known != NULL)
        return GPOINTER_TO_UINT(known);
    const uint32_t number = g_hash_table_size(list->numbers) + 1;

    g_hash_table_insert(list->numbers, g_strdup(person->raw),
                        GUINT_TO_POINTER(number));
    people_add(list->people, number, person);
    return number;
}

/* As the store's script and a digest do: numbers for people, then the record
 * as it is read back. */
static void add_record(List *list, const Activity *activity)
{
    PostRecord front = { .post = list->records->len + 1,
                         .arrival_ms = activity->arrival_ms,
                         .author = number_of(list, &activity->author),
                         .sender = number_of(list, &activity->sender) };
    g_autoptr(GString) bytes = g_string_new(NULL);
    PostRecord record;

    record_front_put(bytes, &front);
    g_string_append_len(bytes, activity->record->str,
                        (gssize)activity->record->len);
    if (!record_post_get(bytes->str, bytes->len, &record))
        g_error("%s: a record cannot be read", list->name);
    g_array_append_val(list->records, record);
}

static void read_mail(List *list, const ArchiveMail *mail, bool keep_text)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    size_t length = 0;

    mail_capture_whole(capture, mail->bytes, mail->length);
    const char *bytes = mail_capture_bytes(capture, &length);
    g_autoptr(MailMessage) message = mail_message_parse(bytes, length);
    ActivityOrigin origin = { .list = list->name,
                              .prefix = "",
                              .arrival_ms = mail->arrival_ms,
                              .has_mark = mail->has_mark,
                              .size = mail_capture_size(capture) };

    memcpy(origin.mark, mail->mark, sizeof(origin.mark));
    g_autoptr(Activity) activity = activity_new(message, &origin, NULL);

    add_record(list, activity);
    g_ptr_array_add(list->texts, keep_text ? g_strdup(message->text) : NULL);
}

static gint compare_records(gconstpointer one, gconstpointer other)
{
    return record_compare(one, other);
}

static List *list_new(const char *argument, bool keep_text)
{
    g_auto(GStrv) parts = g_strsplit(argument, "=", 2);
    g_autoptr(GError) error = NULL;
    List *list = g_new0(List, 1);
    ArchiveMail mail;

    if (parts[0] == NULL || parts[1] == NULL)
        g_error("%s: not LIST=ARCHIVE", argument);
    list->name = g_strdup(parts[0]);
    list->path = g_strdup(parts[1]);
    list->records = g_array_new(FALSE, FALSE, sizeof(PostRecord));
    list->texts = g_ptr_array_new_with_free_func(g_free);
    list->people = people_new(NULL);
    list->numbers =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    list->by_mark =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(Archive) archive = archive_open(list->path, NULL, NULL, &error);

    while (archive != NULL && archive_next(archive, &mail, &error))
        read_mail(list, &mail, keep_text);
    if (error != NULL)
        g_error("%s: %s", list->path, error->message);
    g_array_sort(list->records, compare_records);
    for (unsigned i = 0; i < list->records->len; i++) {
        const PostRecord *record = &g_array_index(list->records, PostRecord, i);
        char mark[MARK_DIGITS + 1];

        hex_encode(record->mark, RECORD_MARK_BYTES, mark);
        g_hash_table_insert(list->by_mark, g_strdup(mark),
                            GUINT_TO_POINTER(i + 1));
    }
    list->sets = sets_build((const PostRecord *)(void *)list->records->data,
                            list->records->len, list->people, NULL);
    return list;
}

/* --- labels -------------------------------------------------------------- */

/* The half that rules are made from, or the one that is only counted. */
static bool is_of_first_half(const char *mark)
{
    g_autofree char *sum =
        g_compute_checksum_for_string(G_CHECKSUM_SHA1, mark, -1);

    return g_ascii_xdigit_value(sum[strlen(sum) - 1]) % 2 == 0;
}

static Label label_of(const char *name)
{
    for (unsigned i = 0; i < LABELS; i++)
        if (strcmp(name, label_names[i]) == 0)
            return (Label)i;
    g_error("%s: no label", name);
}

/* As the digest takes it. */
static Label reading_of(const List *list, unsigned record)
{
    if (list->sets->kinds[record] == POST_NOTICE)
        return LABEL_APPLIED;
    return list->sets->records[record].notice == PATCH_NOTICE_WITHDRAWN
               ? LABEL_WITHDRAWN
               : LABEL_NONE;
}

typedef struct Count {
    unsigned labels[LABELS];
    unsigned right, missed, invented;
} Count;

static double percent(unsigned part, unsigned other)
{
    return part + other == 0 ? 100 : 100.0 * part / (part + other);
}

static void print_count(const char *list, const char *half, const Count *count)
{
    printf("| %s | %s | %u | %u | %u | %u | %u | %u | %.1f %% | %.1f %% |\n",
           list, half,
           count->labels[LABEL_NONE] + count->labels[LABEL_APPLIED] +
               count->labels[LABEL_WITHDRAWN],
           count->labels[LABEL_ARGUABLE], count->labels[LABEL_APPLIED],
           count->right, count->missed, count->invented,
           percent(count->right, count->invented),
           percent(count->right, count->missed));
}

static void take(Count *count, Label label, Label reading)
{
    count->labels[label]++;
    if (label == LABEL_ARGUABLE)
        return;
    count->right += label == LABEL_APPLIED && reading == LABEL_APPLIED;
    count->missed += label == LABEL_APPLIED && reading != LABEL_APPLIED;
    count->invented += label != LABEL_APPLIED && reading == LABEL_APPLIED;
}

/* Half: 0 the first, 1 the second. */
static void score_list(const List *list, char **lines, const char *faults,
                       Count counts[2])
{
    for (unsigned i = 0; lines[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "\t", 4);
        unsigned record;

        if (g_strv_length(fields) < 3 || strcmp(fields[0], list->name) != 0)
            continue;
        record =
            GPOINTER_TO_UINT(g_hash_table_lookup(list->by_mark, fields[1]));
        if (record == 0)
            g_error("%s: no mail %s", list->name, fields[1]);
        const Label label = label_of(fields[2]);
        const Label reading = reading_of(list, record - 1);
        const bool is_first = is_of_first_half(fields[1]);

        take(&counts[!is_first], label, reading);
        if (faults != NULL && label != LABEL_ARGUABLE && label != reading &&
            strcmp(faults, is_first ? "first" : "second") == 0)
            printf("%s\t%s\tis %s\tread as %s\n", list->name, fields[1],
                   label_names[label], label_names[reading]);
    }
}

static int score(int argc, char **argv, const char *faults)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    Count all[2] = { { { 0 }, 0, 0, 0 } };

    if (!g_file_get_contents(argv[0], &text, NULL, &error))
        g_error("%s", error->message);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    if (faults == NULL)
        printf("| list | half | labelled | arguable | notices | found | missed "
               "| invented | precision | recall |\n"
               "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (int i = 1; i < argc; i++) {
        Count counts[2] = { { { 0 }, 0, 0, 0 } };
        const List *list = list_new(argv[i], false);

        score_list(list, lines, faults, counts);
        for (unsigned half = 0; half < 2; half++) {
            if (faults == NULL)
                print_count(list->name, half == 0 ? "first" : "second",
                            &counts[half]);
            for (unsigned label = 0; label < LABELS; label++)
                all[half].labels[label] += counts[half].labels[label];
            all[half].right += counts[half].right;
            all[half].missed += counts[half].missed;
            all[half].invented += counts[half].invented;
        }
    }
    for (unsigned half = 0; faults == NULL && half < 2; half++)
        print_count("all", half == 0 ? "first" : "second", &all[half]);
    return 0;
}

/* --- candidates ------------------------------------------------------------
 */

/* A later pull request lists the patch; a program's notice says the same. */
static const char *evidence_of(const List *list, unsigned record)
{
    const int member = list->sets->answers[record];
    const PatchSet *set =
        member == SETS_NONE ? NULL
                            : sets_get(list->sets, list->sets->set_of[member]);

    if (set == NULL)
        return "no patch";
    if (set->pull != SETS_NONE)
        return "in a pull request";
    for (unsigned i = 0; i < set->notices->len; i++) {
        const unsigned notice = g_array_index(set->notices, unsigned, i);

        if (!patch_notice_is_human(
                (PatchNotice)list->sets->records[notice].notice))
            return "a program's notice";
    }
    return set->newer != SETS_NONE ? "posted again" : "-";
}

static void print_candidate(const List *list, unsigned record, const char *text)
{
    const PatchText slice = { text, strlen(text) };
    PatchLine line = patch_line_at(slice, 0);
    bool is_first = true;

    for (; line.offset < slice.length; line = patch_line_after(slice, &line)) {
        char mark[MARK_DIGITS + 1];

        if (patch_line_is_quoted(&line) ||
            !lexicon_has_key(line.at, line.length))
            continue;
        hex_encode(list->sets->records[record].mark, RECORD_MARK_BYTES, mark);
        printf("%s\t%s\t%.*s\n", is_first ? mark : "",
               is_first ? evidence_of(list, record) : "", (int)line.length,
               line.at);
        is_first = false;
    }
}

static int print_candidates(const char *argument)
{
    const List *list = list_new(argument, true);

    for (unsigned i = 0; i < list->records->len; i++) {
        const PostRecord *record = &g_array_index(list->records, PostRecord, i);
        const char *text = list->texts->pdata[record->post - 1];

        if (record->parent_link != 0 &&
            (list->sets->kinds[i] == POST_REPLY ||
             patch_notice_is_human((PatchNotice)record->notice)))
            print_candidate(list, i, text);
    }
    return 0;
}

int main(int argc, char **argv)
{
    mail_init();
    if (argc == 3 && strcmp(argv[1], "--candidates") == 0)
        return print_candidates(argv[2]);
    if (argc > 4 && strcmp(argv[1], "--faults") == 0)
        return score(argc - 3, argv + 3, argv[2]);
    if (argc > 2 && *argv[1] != '-')
        return score(argc - 1, argv + 1, NULL);
    fputs("usage: notices [--faults first|second] LABELS LIST=ARCHIVE...\n"
          "       notices --candidates LIST=ARCHIVE\n",
          stderr);
    return 2;
}
