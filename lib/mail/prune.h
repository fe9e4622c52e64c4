/* SPDX-License-Identifier: MIT */
/*
 * Cuts the headers of parts and of attached mails as the capture cuts the
 * mail's own, so that GMime gets nothing that the capture would not let
 * through. Does not change text.
 */
#pragma once

#include <glib.h>

/* Changes an entity (headers, an empty line, a body) in place. Removes what a
 * header has beyond MAIL_CAPTURE_HEADER_MAX bytes or MAIL_ADDRESS_COMMAS_MAX
 * commas, and headers beyond MAIL_CAPTURE_HEADERS_MAX or MAIL_CAPTURE_BLOCK_MAX
 * bytes of one block; turns colons beyond MAIL_ADDRESS_COLONS_MAX into dots. */
void mail_prune_headers(GByteArray *entity);
