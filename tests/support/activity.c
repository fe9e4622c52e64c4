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
    activity->kinds.of_person = POST_PATCH;
    activity->kinds.of_bot = POST_PATCH;
    activity->flags = POST_HAS_TEXT;
    activity->insertions = facts->number;
    activity->deletions = 1;
    set_person(&activity->author, address);
    set_person(&activity->sender, address);
    activity->credits = g_ptr_array_new();
    activity->text = g_strdup_printf("text of %u", facts->number);
    activity->text_length = strlen(activity->text);
    activity->record = g_string_new(NULL);
    memcpy(record.mark, activity->mark, RECORD_MARK_BYTES);
    record.flags = POST_HAS_TEXT;
    record.kind = POST_PATCH;
    record.kind_of_bot = POST_PATCH;
    record.message_id = g_strdup_printf("%u@example.org", facts->number);
    record.subject = g_strdup_printf("[PATCH] subject %u", facts->number);
    record.known = facts->knows_nothing ? 0 : RECORD_FIELD_LAST;
    record.insertions = facts->number;
    record.deletions = 1;
    record.own_link = test_id_digest(facts->number);
    record.parent_link = test_id_digest(facts->parent);
    record_rear_put(activity->record, &record);
    activity->links = activity_links_of_record(&record, "", address);
    g_free(record.message_id);
    g_free(record.subject);
    return activity;
}
