/* SPDX-License-Identifier: MIT */
#include "identity/freemail.h"

#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "base/banned.h"

/* In order. */
static const char *const providers[] = {
    "126.com",        "139.com",        "163.com",        "abv.bg",
    "airmail.cc",     "alice.it",       "aliyun.com",     "aol.com",
    "aol.de",         "arcor.de",       "att.net",        "bk.ru",
    "bluewin.ch",     "bol.com.br",     "btinternet.com", "centrum.cz",
    "cock.li",        "comcast.net",    "cox.net",        "daum.net",
    "disroot.org",    "duck.com",       "email.com",      "fastmail.com",
    "fastmail.fm",    "foxmail.com",    "free.fr",        "freenet.de",
    "gmail.com",      "googlemail.com", "hanmail.net",    "hey.com",
    "i.ua",           "icloud.com",     "inbox.lv",       "inbox.ru",
    "interia.pl",     "laposte.net",    "libero.it",      "list.ru",
    "mac.com",        "mail.com",       "mail.ru",        "mailbox.org",
    "me.com",         "naver.com",      "o2.pl",          "onet.pl",
    "op.pl",          "orange.fr",      "outlook.com",    "outlook.de",
    "outlook.fr",     "pm.me",          "poczta.fm",      "posteo.de",
    "posteo.net",     "proton.me",      "protonmail.ch",  "protonmail.com",
    "qq.com",         "rambler.ru",     "rediffmail.com", "riseup.net",
    "rocketmail.com", "sbcglobal.net",  "seznam.cz",      "sfr.fr",
    "sina.cn",        "sina.com",       "skynet.be",      "sohu.com",
    "t-online.de",    "telenet.be",     "terra.com.br",   "tiscali.it",
    "tuta.com",       "tuta.io",        "tutamail.com",   "tutanota.com",
    "tutanota.de",    "ukr.net",        "uol.com.br",     "verizon.net",
    "virgilio.it",    "wanadoo.fr",     "web.de",         "wp.pl",
    "xs4all.nl",      "ya.ru",          "yandex.com",     "yandex.ru",
    "yeah.net",       "ymail.com",      "ziggo.nl",       "zoho.com",
    "zohomail.com",
};

/* Under many countries: yahoo.co.jp, hotmail.fr. */
static const char *const everywhere[] = { "gmx", "hotmail", "live", "msn",
                                          "yahoo" };

static int compare(const void *domain, const void *provider)
{
    return strcmp(domain, *(const char *const *)provider);
}

bool freemail_is(const char *domain)
{
    const size_t label = strcspn(domain, ".");

    for (size_t i = 0; i < G_N_ELEMENTS(everywhere); i++)
        if (strlen(everywhere[i]) == label && domain[label] == '.' &&
            strncmp(everywhere[i], domain, label) == 0)
            return true;
    return bsearch(domain, providers, G_N_ELEMENTS(providers),
                   sizeof(*providers), compare) != NULL;
}
