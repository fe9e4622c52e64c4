/* SPDX-License-Identifier: MIT */
/*
 * Text from strangers in HTML. Whatever a mail holds, a browser shows it as
 * text: nothing of it becomes an element, an attribute or an address that
 * runs something. All functions append to out.
 */
#pragma once

#include "digest/digest.h"

#include <glib.h>

/* Escapes what HTML reads as its own. text is valid UTF-8. */
void html_escape(GString *out, const char *text);
/* The same for text from mail: control characters become visible. NULL is
 * nothing. */
void html_mail(GString *out, const char *text);
/* The same for a line that a narrow screen breaks: words of 18 bytes and
 * more may be broken behind their punctuation, those of 30 anywhere. */
void html_broken(GString *out, const char *text);
/* A person's name and, dimmed, the address. */
void html_person(GString *out, const DigestPerson *person);
/* A line of text that links to url, if that is an http(s) address. */
void html_linked(GString *out, const char *text, const char *url);
/* Text of several lines as it is, blank lines around it left out. */
void html_pre(GString *out, const char *text);
