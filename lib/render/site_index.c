/* SPDX-License-Identifier: MIT */
/* Pages that lead to others: of all lists, of one, of a person. */
#include "base/moment.h"
#include "render/chart.h"
#include "render/html_text.h"
#include "render/page.h"
#include "render/phrases.h"
#include "render/site.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

enum {
    MONTHS = 12,    /* of a year */
    BARS_MAX = 120, /* of a picture */
    OPEN_ROWS = 12, /* of a table */
    ROWS_MAX = 120, /* with those that are folded */
};

static void put_figure(GString *out, uint64_t number, const char *one,
                       const char *many)
{
    if (number > 0)
        g_string_append_printf(out, "<div><b>%" PRIu64 "</b>%s</div>\n", number,
                               number == 1 ? one : many);
}

/* "2025-10": months since the year 0; 0 for what is no month. */
static unsigned month_of(const char *name)
{
    unsigned year = 0, month = 0;

    return sscanf(name, "%4u-%2u", &year, &month) == 2 && month >= 1 &&
                   month <= MONTHS
               ? year * MONTHS + month - 1
               : 0;
}

/* Every month between the first and the last, also those without posts: else
 * the picture's time would jump. */
static void put_picture(GString *out, const SiteUnit *units, unsigned count)
{
    const ChartWords words = { .title = "By month",
                               .whole = "posts",
                               .part = "patches" };
    const unsigned last = count > 0 ? month_of(units[count - 1].name) : 0;
    unsigned first = count > 0 ? month_of(units[0].name) : 0;
    ChartBar bars[BARS_MAX] = { { .label = NULL } };
    char labels[BARS_MAX][sizeof "2025-10"];

    if (first == 0 || last < first)
        return;
    first = MAX(first, last - MIN(last, BARS_MAX - 1U));
    for (unsigned i = 0; i <= last - first; i++) {
        const unsigned month = first + i;

        g_snprintf(labels[i], sizeof(labels[i]), "%04u-%02u",
                   month / MONTHS % 10000, month % MONTHS + 1);
        bars[i].label = labels[i];
    }
    for (unsigned i = 0; i < count; i++) {
        const unsigned month = month_of(units[i].name);

        if (month < first || month > last)
            continue;
        bars[month - first].whole = units[i].posts;
        bars[month - first].part = units[i].patches;
    }
    chart_columns(out, &words, bars, last - first + 1);
}

static void put_number(GString *out, uint64_t number, const char *one,
                       const char *many)
{
    g_string_append_printf(out,
                           "<td class=\"n\" data-name=\"%s\">%" PRIu64 "</td>",
                           number == 1 ? one : many, number);
}

/* Titles and names of units are ours. */
static void put_unit(GString *out, const char *list_root, const SiteUnit *unit,
                     bool with_people)
{
    g_string_append_printf(
        out, "<tr><td class=\"title\"><a href=\"%s%s.html\">%s</a></td>",
        list_root, unit->name, unit->title);
    put_number(out, unit->posts, "post", "posts");
    put_number(out, unit->patches, "patch", "patches");
    put_number(out, unit->replies, "reply", "replies");
    if (with_people) {
        put_number(out, unit->sets, "set", "sets");
        put_number(out, unit->people, "person", "people");
    }
    g_string_append(out, "</tr>\n");
}

static void open_units(GString *out, const char *heading, bool with_people)
{
    g_string_append_printf(
        out,
        "<table class=\"cards\">\n<tr class=\"names\"><th class=\"title\">%s"
        "</th><th class=\"n\">Posts</th><th class=\"n\">Patches</th>"
        "<th class=\"n\">Replies</th>%s</tr>\n",
        heading,
        with_people ? "<th class=\"n\">Sets</th><th class=\"n\">People</th>"
                    : "");
}

/* Newest first; all but the last ones are folded. */
static void put_units(GString *out, const char *list_root, const char *id,
                      const char *heading, const char *column,
                      const SiteUnit *units, unsigned count, bool with_people)
{
    if (count == 0)
        return;
    g_string_append_printf(out, "<section id=\"%s\">\n<h2>%s</h2>\n", id,
                           heading);
    open_units(out, column, with_people);
    for (unsigned i = count; i-- > 0 && count - i <= ROWS_MAX;) {
        if (count - i == OPEN_ROWS + 1) {
            g_string_append(out, "</table>\n<details>\n<summary>Earlier ones"
                                 "</summary>\n");
            open_units(out, column, with_people);
        }
        put_unit(out, list_root, &units[i], with_people);
    }
    g_string_append(out, "</table>\n");
    if (count > OPEN_ROWS)
        g_string_append(out, "</details>\n");
    if (count > ROWS_MAX)
        g_string_append(out, "<p class=\"dim\">Each page leads to the one "
                             "before it.</p>\n");
    g_string_append(out, "</section>\n");
}

/* --- a list ----------------------------------------------------------- */

void site_lead_list(const RenderSite *site, const SiteUnit *months,
                    unsigned month_count, const SiteUnit *weeks,
                    unsigned week_count, GString *out)
{
    SiteUnit sum = { .posts = 0 };

    for (unsigned i = 0; i < month_count; i++) {
        sum.posts += months[i].posts;
        sum.patches += months[i].patches;
        sum.replies += months[i].replies;
        sum.sets += months[i].sets;
    }
    g_string_append(out, "<section id=\"totals\">\n<div class=\"figures\">\n");
    put_figure(out, sum.posts, "post", "posts");
    put_figure(out, sum.sets, "patch set", "patch sets");
    put_figure(out, sum.patches, "patch", "patches");
    put_figure(out, sum.replies, "reply", "replies");
    g_string_append(out, "</div>\n");
    put_picture(out, months, month_count);
    g_string_append(out, "</section>\n<div class=\"two\">\n");
    put_units(out, site->list_root, "months", "Months", "Month", months,
              month_count, true);
    put_units(out, site->list_root, "weeks", "Weeks", "Week", weeks, week_count,
              true);
    g_string_append(out, "</div>\n");
}

/* --- a person --------------------------------------------------------- */

void site_lead_person(const RenderSite *site, const SitePerson *person,
                      const SiteUnit *months, unsigned month_count,
                      GString *out)
{
    const char *address = page_address(&person->who);
    const char *organisation = person->who.organisation;

    g_string_append(out, "<section id=\"totals\">\n");
    if (address != NULL) {
        g_string_append(out, "<p>");
        site_title(out, address, NULL);
        g_string_append(out, "</p>\n");
    }
    if (organisation != NULL && *organisation != '\0') {
        g_string_append(out, "<p class=\"dim\">");
        site_title(out, organisation, NULL);
        g_string_append(out, "</p>\n");
    }
    g_string_append(out, "<div class=\"figures\">\n");
    put_figure(out, person->posts, "post", "posts");
    put_figure(out, person->patches, "patch", "patches");
    put_figure(out, person->tags, "review tag", "review tags");
    put_figure(out, person->replies, "reply to a patch", "replies to patches");
    g_string_append(out, "</div>\n");
    put_picture(out, months, month_count);
    g_string_append(out, "</section>\n");
    put_units(out, site->list_root, "months", "Months", "Month", months,
              month_count, false);
}

/* --- all lists -------------------------------------------------------- */

static void put_list(GString *out, const RenderSite *site, const SiteList *list)
{
    g_autofree char *href =
        g_strconcat(site->root, list->folder, "/index.html", NULL);
    g_autofree char *last = moment_show(list->last_ms, list->timezone);

    g_string_append(out, "<tr><td class=\"title\">");
    site_title(out, list->title, href);
    g_string_append(out, " <span class=\"dim\">");
    html_broken(out, list->id);
    g_string_append(out, "</span></td>");
    put_number(out, list->posts, "post", "posts");
    put_number(out, list->latest != NULL ? list->latest->posts : 0,
               "in the latest month", "in the latest month");
    g_string_append(out, "<td class=\"dim by\">");
    html_mail(out, last);
    g_string_append(out, "</td></tr>\n");
}

static void put_lists(GString *out, const RenderSite *site,
                      const SiteList *lists, unsigned count)
{
    g_string_append(out, "<section id=\"lists\">\n<h2>Lists</h2>\n"
                         "<table class=\"cards\">\n<tr class=\"names\">"
                         "<th class=\"title\">List</th><th class=\"n\">Posts"
                         "</th><th class=\"n\">Latest month</th>"
                         "<th class=\"dim by\">Newest post</th></tr>\n");
    for (unsigned i = 0; i < count; i++)
        put_list(out, site, &lists[i]);
    g_string_append(out, "</table>\n</section>\n");
}

void site_lead_group(const RenderSite *site, const SiteList *lists,
                     unsigned count, GString *out)
{
    put_lists(out, site, lists, count);
}

static void put_group(GString *out, const SiteGroup *group)
{
    g_autofree char *href = g_strconcat(group->path, ".html", NULL);
    g_autofree char *last = moment_show(group->last_ms, group->timezone);

    g_string_append(out, "<tr><td class=\"title\">");
    site_title(out, group->title, href);
    g_string_append(out, "</td>");
    put_number(out, group->lists, "list", "lists");
    put_number(out, group->posts, "in 30 days", "in 30 days");
    g_string_append(out, "<td class=\"dim by\">");
    html_mail(out, last);
    g_string_append(out, "</td></tr>\n");
}

static void put_groups(GString *out, const GPtrArray *groups)
{
    if (groups->len == 0)
        return;
    g_string_append(out, "<section id=\"groups\">\n<h2>Groups</h2>\n"
                         "<table class=\"cards\">\n<tr class=\"names\">"
                         "<th class=\"title\">Group</th><th class=\"n\">Lists"
                         "</th><th class=\"n\">In 30 days</th>"
                         "<th class=\"dim by\">Newest post</th></tr>\n");
    for (unsigned i = 0; i < groups->len; i++)
        put_group(out, groups->pdata[i]);
    g_string_append(out, "</table>\n</section>\n");
}

void site_render_front(const RenderSite *site, const SiteList *lists,
                       unsigned count, const GPtrArray *groups, GString *out)
{
    site_open(out, site);
    put_groups(out, groups);
    put_lists(out, site, lists, count);
    site_close(out, site);
}

/* --- for machines ------------------------------------------------------ */

static json_t *time_of(int64_t time_ms)
{
    g_autofree char *text = moment_format(time_ms, "UTC", "%Y-%m-%dT%H:%M:%SZ");

    return json_string(text);
}

static json_t *integer_of(uint64_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *unit_of(const SiteUnit *unit)
{
    json_t *object = json_object();

    json_object_set_new(object, "name", json_string(unit->name));
    json_object_set_new(object, "posts", integer_of(unit->posts));
    json_object_set_new(object, "patches", integer_of(unit->patches));
    json_object_set_new(object, "replies", integer_of(unit->replies));
    json_object_set_new(object, "people", integer_of(unit->people));
    json_object_set_new(object, "patch_sets", integer_of(unit->sets));
    return object;
}

static json_t *units_of(const SiteUnit *units, unsigned count)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < count; i++)
        json_array_append_new(array, unit_of(&units[i]));
    return array;
}

static void put_json(json_t *root, GString *out)
{
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_ENSURE_ASCII);

    g_string_append(out, text);
    g_string_append_c(out, '\n');
    free(text);
    json_decref(root);
}

static json_t *groups_of(const GPtrArray *groups)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < groups->len; i++) {
        const SiteGroup *group = groups->pdata[i];
        json_t *object = json_object();
        g_autofree char *page = g_strconcat(group->path, ".html", NULL);

        json_object_set_new(object, "name", json_string(group->name));
        json_object_set_new(object, "title", json_string(group->title));
        json_object_set_new(object, "page", json_string(page));
        json_object_set_new(object, "lists", json_integer(group->lists));
        json_array_append_new(array, object);
    }
    return array;
}

void site_json_front(const SiteList *lists, unsigned count,
                     const GPtrArray *groups, GString *out)
{
    json_t *root = json_object();
    json_t *array = json_array();

    for (unsigned i = 0; i < count; i++) {
        json_t *list = json_object();

        json_object_set_new(list, "id", json_string(lists[i].id));
        json_object_set_new(list, "title", json_string(lists[i].title));
        json_object_set_new(list, "folder", json_string(lists[i].folder));
        json_object_set_new(list, "posts", integer_of(lists[i].posts));
        json_object_set_new(list, "first", time_of(lists[i].first_ms));
        json_object_set_new(list, "last", time_of(lists[i].last_ms));
        json_array_append_new(array, list);
    }
    json_object_set_new(root, "lists", array);
    json_object_set_new(root, "groups", groups_of(groups));
    put_json(root, out);
}

void site_json_list(const char *id, const char *title, const SiteUnit *months,
                    unsigned month_count, const SiteUnit *weeks,
                    unsigned week_count, GString *out)
{
    json_t *root = json_object();
    json_t *list = json_object();

    json_object_set_new(list, "id", json_string(id));
    json_object_set_new(list, "title", json_string(title));
    json_object_set_new(root, "list", list);
    json_object_set_new(root, "months", units_of(months, month_count));
    json_object_set_new(root, "weeks", units_of(weeks, week_count));
    put_json(root, out);
}

/* What the store may have damaged is made valid: jansson takes no other. */
static json_t *text_of(const char *text)
{
    if (text == NULL)
        return json_null();

    g_autofree char *valid = g_utf8_make_valid(text, -1);
    return json_string(valid);
}

static json_t *set_of(const DigestSet *set)
{
    json_t *object = json_object();

    json_object_set_new(object, "mark", text_of(set->mark));
    json_object_set_new(object, "message_id", text_of(set->message_id));
    json_object_set_new(object, "title", text_of(page_title(set)));
    json_object_set_new(object, "state",
                        json_string(digest_state_name(set->state)));
    json_object_set_new(object, "version", json_integer(set->version));
    json_object_set_new(object, "outcome", json_string(phrase_outcome(set)));
    json_object_set_new(object, "arrival", time_of(set->arrival_ms));
    return object;
}

void site_json_person(const SitePerson *person, const SiteUnit *months,
                      unsigned month_count, const Digest *digest, GString *out)
{
    json_t *root = json_object();
    json_t *array = json_array();

    json_object_set_new(root, "name", text_of(person->who.name));
    json_object_set_new(root, "email", text_of(person->who.email));
    json_object_set_new(root, "organisation",
                        text_of(person->who.organisation));
    json_object_set_new(root, "posts", integer_of(person->posts));
    json_object_set_new(root, "patches", integer_of(person->patches));
    json_object_set_new(root, "tags", integer_of(person->tags));
    json_object_set_new(root, "replies", integer_of(person->replies));
    for (unsigned i = 0; i < month_count; i++) {
        json_t *month = json_object();

        json_object_set_new(month, "name", json_string(months[i].name));
        json_object_set_new(month, "posts", integer_of(months[i].posts));
        json_object_set_new(month, "patches", integer_of(months[i].patches));
        json_object_set_new(month, "replies", integer_of(months[i].replies));
        json_array_append_new(array, month);
    }
    json_object_set_new(root, "months", array);
    array = json_array();
    for (unsigned i = 0; i < digest->sets->len; i++)
        json_array_append_new(array, set_of(digest->sets->pdata[i]));
    json_object_set_new(root, "patch_sets", array);
    put_json(root, out);
}
