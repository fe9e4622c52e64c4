/* SPDX-License-Identifier: MIT */
#include "command/show_json.h"

#include "activity/author.h"
#include "activity/defects.h"
#include "base/archive_url.h"
#include "base/hex.h"
#include "patch/notice.h"
#include "patch/trailer.h"

#include "base/banned.h"

enum { MARK_ROOM = 2 * RECORD_MARK_BYTES + 1 };

static void set_text(Value *object, const char *key, const char *text)
{
    value_set(object, key, value_text(text));
}

static void set_number(Value *object, const char *key, uint64_t number)
{
    value_set(object, key, value_integer((int64_t)number));
}

static void set_flag(Value *object, const char *key, bool is_true)
{
    value_set(object, key, value_boolean(is_true));
}

static void set_person(Value *object, const char *name, const char *email)
{
    set_text(object, "name", name);
    set_text(object, "email", email);
}

static Value *person_of(const MailPerson *person)
{
    Value *object = value_object();

    set_person(object, person->name, person->address);
    return object;
}

static void set_names(Value *object, const PostRecord *record)
{
    char mark[MARK_ROOM];

    hex_encode(record->mark, RECORD_MARK_BYTES, mark);
    set_text(object, "mark", mark);
    set_text(object, "message_id", record->message_id);
    set_text(object, "subject", record->subject);
    value_set(object, "arrival", value_instant(record->arrival_ms));
}

Value *show_json_reference(const PostRecord *record, PostKind kind,
                           const char *name, const char *email)
{
    Value *object = value_object();
    Value *author = value_object();

    set_names(object, record);
    set_text(object, "kind", post_kind_name(kind));
    set_person(author, name, email);
    value_set(object, "author", author);
    return object;
}

/* --- what it is ---------------------------------------------------------- */

/* Of what is a patch, a cover or a pull request, if no bot sent it. */
static Value *reading_of(const Shown *shown)
{
    const PatchSubject *subject = &shown->subject;
    Value *object, *tags;

    if (!shown->is_part)
        return value_null();
    object = value_object();
    tags = value_array();
    set_text(object, "title", subject->title);
    value_set(object, "version",
              subject->has_version ? value_integer(subject->version)
                                   : value_null());
    set_number(object, "minor", subject->minor);
    value_set(object, "number",
              subject->has_number ? value_integer(subject->number)
                                  : value_null());
    value_set(object, "total",
              subject->has_number ? value_integer(subject->total)
                                  : value_null());
    for (unsigned i = 0; i < subject->tags->len; i++)
        value_append(tags, value_text(subject->tags->pdata[i]));
    value_set(object, "tags", tags);
    set_flag(object, "is_rfc", subject->is_rfc);
    set_flag(object, "is_resend", subject->is_resend);
    return object;
}

static Value *notes_of(const Shown *shown)
{
    const PostRecord *record = shown->record;
    static const struct {
        unsigned flag;
        const char *name;
    } flags[] = {
        { POST_MALFORMED, "malformed" },
        { POST_TRUNCATED, "truncated" },
        { POST_DATE_DOUBTFUL, "date_doubtful" },
        { POST_SET_ASIDE, "set_aside" },
        { POST_BOT_SENT, "sent_by_a_program" },
    };
    Value *notes = value_array();

    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
        if ((record->flags & flags[i].flag) != 0)
            value_append(notes, value_text(flags[i].name));
    }
    if (record->notice == PATCH_NOTICE_WITHDRAWN)
        value_append(notes, value_text("takes_back"));
    if (shown->differs)
        value_append(notes, value_text("earlier_copy_differs"));
    return notes;
}

/* Null where an older version counted the mail and kept none. */
static Value *defects_of_record(const PostRecord *record)
{
    if (!record_knows(record, RECORD_FIELD_DEFECTS))
        return value_null();

    Value *defects = value_array();

    for (const Defect *defect = defects_table; defect->name != NULL; defect++) {
        if ((record->fields.defects & defect->bit) != 0)
            value_append(defects, value_text(defect->name));
    }
    return defects;
}

static void set_url(Value *object, const Shown *shown)
{
    static const char *const names[] = {
        [ARCHIVE_SET] = "settings",
        [ARCHIVE_BUILT_IN] = "built_in",
        [ARCHIVE_LEARNT] = "mail",
    };
    const ListSettings *list = shown->work->settings;
    char mark[MARK_ROOM];

    hex_encode(shown->record->mark, RECORD_MARK_BYTES, mark);
    g_autofree char *url =
        archive_url(list->archive, shown->record->message_id, mark);

    value_set(object, "url", url != NULL ? value_text(url) : value_null());
    value_set(object, "url_from",
              url != NULL ? value_text(names[list->archive_source])
                          : value_null());
}

static void set_facts(Value *object, const Shown *shown)
{
    const PostRecord *record = shown->record;

    set_names(object, record);
    set_number(object, "post", record->post);
    value_set(object, "date",
              record->has_date ? value_date(record->date) : value_null());
    set_url(object, shown);
    set_number(object, "size", record->size);
    set_text(object, "kind", post_kind_name(shown->kind));
    set_text(object, "reason", shown->reason);
    value_set(object, "patch", reading_of(shown));
    set_number(object, "files", record->files);
    set_number(object, "insertions", record->insertions);
    set_number(object, "deletions", record->deletions);
    value_set(object, "notes", notes_of(shown));
    value_set(object, "defects", defects_of_record(record));
}

/* --- who ----------------------------------------------------------------- */

static Value *credits_of(const Shown *shown)
{
    const PostRecord *record = shown->record;
    Value *credits = value_array();

    for (unsigned i = 0; i < record->credit_count; i++) {
        Value *credit =
            person_of(&g_array_index(shown->people, MailPerson, i + 2));

        set_text(credit, "trailer",
                 patch_trailer_kind_name(record->credits[i].kind));
        value_append(credits, credit);
    }
    return credits;
}

static void set_people(Value *object, const Shown *shown)
{
    const MailPerson *people = (const MailPerson *)(void *)shown->people->data;
    MailPerson real = { .raw = NULL };
    Value *author = person_of(&people[0]);

    set_text(author, "source",
             author_source_name(author_source_of(shown->record->flags)));
    value_set(object, "author", author);
    identity_resolve(shown->work->identity, people[0].name, people[0].address,
                     &real.name, &real.address);
    value_set(object, "counted_as", person_of(&real));
    mail_person_clear(&real);
    value_set(object, "sender", person_of(&people[1]));
    value_set(object, "credits", credits_of(shown));
}

/* --- the whole ----------------------------------------------------------- */

static Value *trailers_of(const Shown *shown)
{
    Value *trailers = value_array();

    for (unsigned i = 0; i < shown->trailers->len; i++) {
        const ShownTrailer *trailer = shown->trailers->pdata[i];
        Value *object = value_object();

        set_text(object, "trailer", trailer->name);
        set_text(object, "value", trailer->value);
        value_append(trailers, object);
    }
    return trailers;
}

static void set_links(Value *object, const Shown *shown)
{
    static const char *const keys[SHOWN_LINKS] = {
        [SHOWN_ANSWERED] = "answers",
        [SHOWN_SAME_ID] = "same_message_id",
        [SHOWN_REPLIES] = "replies",
        [SHOWN_SAME_CHANGE] = "same_change_id",
        [SHOWN_SAME_PATCH] = "same_patch_id",
    };

    for (unsigned i = 0; i < SHOWN_LINKS; i++) {
        Value *posts = value_array();

        for (unsigned j = 0; j < shown->links[i]->len; j++) {
            const ShownPost *post = shown->links[i]->pdata[j];

            value_append(posts, show_json_reference(&post->record, post->kind,
                                                    post->author.name,
                                                    post->author.address));
        }
        value_set(object, keys[i], posts);
    }
}

Value *show_json_post(const Shown *shown)
{
    Value *object = value_object();

    set_facts(object, shown);
    set_people(object, shown);
    value_set(object, "trailers", trailers_of(shown));
    set_links(object, shown);
    value_set(object, "patch_set", show_json_set(shown->model));
    return object;
}
