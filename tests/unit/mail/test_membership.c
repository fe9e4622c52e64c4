/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/membership.h"

#include <glib/gstdio.h>
#include <unistd.h>

static Settings *settings_of(const char *text)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    const int file = g_file_open_tmp("membership-XXXXXX", &path, &error);

    assert_null(error);
    assert_true(file >= 0);
    close(file);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    Settings *settings = settings_load(path, "/nowhere", &error);
    assert_null(error);
    g_unlink(path);
    return settings;
}

static GPtrArray *words(const char *text)
{
    GPtrArray *array = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(text, " ", -1);

    for (char **part = parts; *part != NULL; part++) {
        if (**part != '\0')
            g_ptr_array_add(array, g_strdup(*part));
    }
    return array;
}

static const char configured[] =
    "lists = \"configured\"\n"
    "list one.example.org { addresses = { \"one@lists.example.org\" } }\n"
    "list two.example.org { }\n";
static const char all[] = "lists = \"all\"\nlist one.example.org { }\n";

static void a_mail_belongs_to(const char *text, const char *ids,
                              const char *address, const char *sender,
                              const char *recipients, const char *wanted)
{
    g_autoptr(Settings) settings = settings_of(text);
    g_autoptr(GPtrArray) list_ids = words(ids);
    g_autoptr(GPtrArray) envelope = words(recipients);
    g_autoptr(GPtrArray) lists =
        mail_membership(settings, list_ids, address, sender, envelope);

    g_ptr_array_add(lists, NULL);
    g_autofree char *got = g_strjoinv(" ", (char **)lists->pdata);
    assert_string_equal(got, wanted);
}

static void each_way_to_a_list_leads_there_once(void **state)
{
    static const struct {
        const char *text, *ids, *address, *recipients, *wanted;
    } cases[] = {
        { configured, "", NULL, "", "" },
        { configured, "", "", "", "" },
        { configured, "two.example.org", "", "", "two.example.org" },
        { configured, "other.example.org", "", "", "" },
        { configured, "two.example.org one.example.org two.example.org", "", "",
          "two.example.org one.example.org" },
        { configured, "", "one@lists.example.org", "", "one.example.org" },
        { configured, "", "two@example.org", "", "two.example.org" },
        { configured, "", "two.example@org", "", "two.example.org" },
        { configured, "", "twoo@example.org", "", "" },
        { configured, "", "", "x@example.org one@lists.example.org",
          "one.example.org" },
        { configured, "one.example.org", "one@lists.example.org",
          "one@lists.example.org", "one.example.org" },
        { all, "any.example.net one.example.org", "", "",
          "any.example.net one.example.org" },
        { all, "", "any@example.net", "", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        a_mail_belongs_to(cases[i].text, cases[i].ids, cases[i].address, NULL,
                          cases[i].recipients, cases[i].wanted);
}

static void what_a_lists_software_writes_is_no_post(void **state)
{
    static const char id[] = "heron.lists.example.org";
    static const struct {
        const char *sender;
        bool is_post;
    } cases[] = {
        { "heron-request@lists.example.org", false },
        { "Heron-Request@Lists.Example.org", false },
        { "heron-bounces@lists.example.org", false },
        { "heron-confirm+0f00d@lists.example.org", false },
        { "heron-owner@lists.example.org", true },
        { "heron@lists.example.org", true },
        { "heron-requests@lists.example.org", true },
        { "heron-request@example.org", true },
        { "heron-request@lists.example.com", true },
        { "ibis-request@lists.example.org", true },
        { "her-request@on.lists.example.org", true },
        { "-request@lists.example.org", true },
        { "heron.lists.example.org", true },
        { "@", true },
        { "", true },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        a_mail_belongs_to(all, id, "", cases[i].sender, "",
                          cases[i].is_post ? id : "");
    /* another list that the same mail names is not this one's affair */
    a_mail_belongs_to(all, "heron.lists.example.org one.example.org", "",
                      "heron-request@lists.example.org", "", "one.example.org");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_lists_software_writes_is_no_post),
        cmocka_unit_test(each_way_to_a_list_leads_there_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
