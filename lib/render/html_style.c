/* SPDX-License-Identifier: MIT */
#include "render/html_style.h"

#include <glib.h>
#include <string.h>

#include "base/banned.h"

const char html_style[] =
    ":root{--ink:#1b2330;--dim:#566173;--line:#dbe1e8;--paper:#fff;"
    "--ground:#f3f5f8;--link:#0a58a8;--bar:#9dc0e6;--part:#2f6fb3;"
    "--new-bg:#d9e8f8;--new:#103a68;--updated-bg:#e6defb;--updated:#3d2878;"
    "--resent-bg:#e7eaee;--resent:#333c49;--rfc-bg:#fcefc9;--rfc:#5c4300;"
    "--pull-bg:#d8f0dc;--pull:#12492a;--add:#1f7a3d;--del:#b3362b;"
    "color-scheme:light dark}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e5e9ef;--dim:#a3aebd;"
    "--line:#333c48;--paper:#1b212a;--ground:#12161c;--link:#86bbf4;"
    "--bar:#3a5f8d;--part:#86b6ea;--new-bg:#1d3b5c;--new:#cfe3f9;"
    "--updated-bg:#3a2f63;--updated:#e4dcff;--resent-bg:#363e4a;"
    "--resent:#e1e6ec;--rfc-bg:#4d3c0d;--rfc:#fbe6ae;--pull-bg:#1c4429;"
    "--pull:#cdeed5;--add:#6fd08c;--del:#f29187}}\n"
    "*{box-sizing:border-box}\n"
    "html{-webkit-text-size-adjust:100%}\n"
    "body{margin:0;background:var(--ground);color:var(--ink);"
    "font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif;"
    "overflow-wrap:break-word}\n"
    "main{max-width:72rem;margin:0 auto;padding:1rem .75rem 3rem}\n"
    "h1{font-size:1.35rem;line-height:1.25;margin:.25rem 0}\n"
    "h2{font-size:1.1rem;margin:0 0 .5rem}\n"
    "p{margin:.25rem 0}\n"
    "a{color:var(--link)}\n"
    ":focus-visible{outline:2px solid var(--link);outline-offset:2px;"
    "border-radius:2px}\n"
    "small,.dim{color:var(--dim)}\n"
    "small{font-size:.85rem;font-weight:400}\n"
    ".gap{border-left:4px solid #d08700;padding:.25rem .75rem}\n"
    "section{background:var(--paper);border:1px solid var(--line);"
    "border-radius:10px;padding:.85rem .85rem 1rem;margin-top:.85rem}\n"
    "nav{display:flex;flex-wrap:wrap;gap:.25rem .9rem;margin:.5rem 0}\n"
    "nav a{display:inline-block;line-height:1.75rem}\n"
    "figure{margin:1rem 0 0}\n"
    "figcaption{font-weight:600;font-size:.95rem}\n"
    ".key{display:inline-block;width:.7em;height:.7em;border-radius:2px;"
    "background:var(--bar);margin-left:.6em}\n"
    "i.part{background:var(--part)}\n"
    "svg{display:block;overflow:visible}\n"
    "svg text{fill:var(--dim);font-size:13px}\n"
    "rect.bar{fill:var(--bar)}\n"
    "rect.part{fill:var(--part)}\n"
    ".share{background:var(--ground);border-radius:3px}\n"
    ".axis line{stroke:var(--line)}\n"
    ".figures{font-size:.9rem;margin:.5rem 0 .25rem}\n"
    ".figures div{display:inline-block;vertical-align:top;min-width:6.25rem;"
    "margin:0 .5rem .4rem 0}\n"
    ".figures b{display:block;font-size:1.45rem;line-height:1.2;"
    "font-variant-numeric:tabular-nums}\n"
    "table{border-collapse:collapse;width:100%}\n"
    "th{text-align:left;color:var(--dim);font-weight:500;font-size:.85rem}\n"
    "th,td{padding:.3rem .75rem .3rem 0;vertical-align:top}\n"
    "th:last-child,td:last-child{padding-right:0}\n"
    "tr+tr td{border-top:1px solid var(--line)}\n"
    "td.n,th.n{text-align:right;white-space:nowrap;width:1%;"
    "font-variant-numeric:tabular-nums}\n"
    "td a{display:inline-block;min-height:24px}\n"
    "td.title a{display:inline;padding:3px 0}\n"
    ".measures{margin-top:.75rem}\n"
    ".measures td+td{width:30%}\n"
    ".state{display:inline-block;white-space:nowrap;border-radius:5px;"
    "padding:0 .5rem;font-size:.85rem;line-height:1.5rem;"
    "background:var(--new-bg);color:var(--new)}\n"
    ".updated{background:var(--updated-bg);color:var(--updated)}\n"
    ".resent{background:var(--resent-bg);color:var(--resent)}\n"
    ".rfc{background:var(--rfc-bg);color:var(--rfc)}\n"
    ".pull{background:var(--pull-bg);color:var(--pull)}\n"
    "details{border-top:1px solid var(--line)}\n"
    "summary{padding:.5rem 0;cursor:pointer;min-height:24px}\n"
    "summary:hover b{text-decoration:underline}\n"
    ".entry{padding:0 0 1rem}\n"
    ".entry p a{display:inline-block;min-height:24px}\n"
    ".add{color:var(--add)}\n"
    ".del{color:var(--del)}\n"
    "pre{margin:.5rem 0 0;padding:.75rem;background:var(--ground);"
    "border-radius:8px;overflow-x:auto;"
    "font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}\n"
    ".tops td.by{white-space:nowrap}\n"
    "@media screen{\n"
    ".tops,.tops tbody{display:block}\n"
    ".tops tr{display:flex;flex-wrap:wrap;"
    "border-top:1px solid var(--line)}\n"
    ".tops td,.tops th{flex:0 0 calc(100% - 3.5rem);min-width:0;"
    "padding-right:0}\n"
    ".tops tr+tr td{border:0}\n"
    ".tops td.n,.tops th.n{flex:0 0 3.5rem;padding-right:.75rem}\n"
    ".two td,.two th{flex-basis:calc(100% - 6.5rem)}\n"
    ".two td.n,.two th.n{flex-basis:2.5rem}\n"
    ".two .n+.n{flex-basis:4rem}\n"
    ".tops td.by{flex:0 0 auto;padding:0 .75rem .3rem 3.5rem;"
    "font-size:.85rem}\n"
    ".two td.by{padding-left:6.5rem}\n"
    ".tops td.by+td.by{padding-left:0}\n"
    ".tops tr:first-child{border:0}\n"
    ".tops td.by:empty,.tops th.by{display:none}\n"
    ".tops td.by:empty+td.by{padding-left:3.5rem}\n"
    "}\n"
    "@media(max-width:699px){\n"
    "pre{white-space:pre-wrap;font-size:12px}\n"
    "table.cards,table.cards tbody{display:block}\n"
    "table.cards tr.names{display:none}\n"
    "table.cards tr{display:flex;flex-wrap:wrap;gap:0 .9rem;"
    "padding:.55rem 0;border-top:1px solid var(--line)}\n"
    "table.cards td{display:block;border:0;padding:0;text-align:left;"
    "width:auto}\n"
    "table.cards td.title{flex:1 0 100%;min-width:0;order:1}\n"
    "table.cards td.title~td{order:2}\n"
    "table.cards td.n,table.cards td.by{color:var(--dim);font-size:.9rem}\n"
    "table.cards td[data-name]:not(:empty)::after{"
    "content:\" \" attr(data-name)}\n"
    "}\n"
    "@media(min-width:700px){\n"
    "main{padding:1.5rem 1.5rem 4rem}\n"
    "h1{font-size:1.7rem}\n"
    "section{padding:1rem 1.25rem 1.1rem;margin-top:1rem}\n"
    ".pair{columns:2 21rem;column-gap:1rem;orphans:1;widows:1}\n"
    ".pair section{display:inline-block;width:100%}\n"
    "}\n"
    "@media(min-width:1000px){\n"
    "table.cards td.by{white-space:nowrap}\n"
    "table.cards td.title+td:not(.n,.by){min-width:9.5rem}\n"
    "}\n"
    "@media print{body{background:none;color:#000}section{border:0;"
    "padding:0;break-inside:avoid-page}nav{display:none}"
    "details::details-content{content-visibility:visible;height:auto}"
    "pre{white-space:pre-wrap}a{color:inherit}}\n";

/* The first line of the style gives names to light colours, the next to dark
 * ones. */
static const char *behind_line(const char *text)
{
    return strchr(text, '\n') + 1;
}

static void put_values(GString *style, const char *names)
{
    const char *end = strchr(names, '}');

    for (const char *at = strstr(names, "--"); at != NULL && at < end;
         at = strstr(at + 1, "--")) {
        const size_t name = strcspn(at, ":");
        const char *value = at + name + 1;
        g_autofree char *use = g_strdup_printf("var(%.*s)", (int)name, at);
        g_autofree char *colour = g_strndup(value, strcspn(value, ";}"));

        g_string_replace(style, use, colour, 0);
    }
}

/* Behind the media query of dark colours. */
static const char *behind_block(const char *text)
{
    unsigned depth = 0;

    for (; *text != '\0'; text++) {
        depth += *text == '{';
        if (*text == '}' && --depth == 0)
            return text + 1;
    }
    return text;
}

char *html_style_for_mail(void)
{
    GString *style = g_string_new(behind_block(behind_line(html_style)));

    put_values(style, html_style);
    return g_string_free(style, FALSE);
}
