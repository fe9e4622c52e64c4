/* SPDX-License-Identifier: MIT */
#include "tests/support/activity.h"

#include "activity/links.h"

#include <string.h>

const char test_list[] = "test.example.org";

static void set_person(MailPerson *person, const char *address)
{
    person->name = g_strdup("Some Body");
    person->address = g_strdup(address);
    person->raw = g_strdup_printf(" Some Body <%s>", address);
}

/* What texts 1, 2, ... of a mail are. */
static PostKind kind_of(const Facts *facts)
{
    return facts->text == 0 ? POST_PATCH : (PostKind)(facts->text % POST_KINDS);
}

uint64_t test_id_digest(unsigned number)
{
    return number != 0 ? UINT64_C(0xabcdef000000) + number : 0;
}

Activity *test_activity(const Facts *facts)
{
    Activity *activity = g_new0(Activity, 1);
    PostRecord record = { .arrival_ms = facts->arrival_ms };
    g_autofree char *address =
        facts->author != NULL
            ? g_strdup(facts->author)
            : g_strdup_printf("a%u@example.org", facts->number);

    activity->list = g_strdup(facts->list != NULL ? facts->list : test_list);
    activity->arrival_ms = facts->arrival_ms;
    activity->has_mark = true;
    memset(activity->mark, (int)facts->mark, RECORD_MARK_BYTES);
    activity->identity = (uint64_t)facts->number * UINT64_C(0x9e3779b97f4a7c15);
    const PostKind kind = kind_of(facts);
    const bool has_lines = kind == POST_PATCH;
    activity->kinds.of_person = kind;
    activity->kinds.of_bot = kind;
    activity->flags =
        POST_HAS_TEXT | (facts->text % 2 != 0 ? POST_MALFORMED : 0);
    activity->insertions = has_lines ? facts->number + facts->text : 0;
    activity->deletions = has_lines;
    set_person(&activity->author, address);
    set_person(&activity->sender, address);
    activity->credits = g_ptr_array_new();
    activity->text = g_strdup_printf("text of %u", facts->number);
    activity->text_length = strlen(activity->text);
    activity->record = g_string_new(NULL);
    memcpy(record.mark, activity->mark, RECORD_MARK_BYTES);
    record.flags = activity->flags;
    record.kind = kind;
    record.kind_of_bot = kind;
    record.message_id = g_strdup_printf("%u@example.org", facts->number);
    record.subject = g_strdup_printf("[PATCH] subject %u", facts->number);
    record.known = facts->knows_nothing ? 0 : RECORD_FIELD_LAST;
    record.fields.inner_link = facts->inner;
    activity->is_replay = facts->is_replay;
    record.insertions = activity->insertions;
    record.deletions = activity->deletions;
    record.own_link = test_id_digest(facts->number);
    record.parent_link = test_id_digest(facts->parent);
    record_rear_put(activity->record, &record);
    activity->links = activity_links_of_record(&record, "", address);
    activity->message_id = record.message_id;
    activity->subject = record.subject;
    return activity;
}
