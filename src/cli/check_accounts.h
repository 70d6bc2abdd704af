/* cli/check_accounts.h - are the accounts of the newsroom as they should be? */
#ifndef CLI_CHECK_ACCOUNTS_H
#define CLI_CHECK_ACCOUNTS_H

#include "model/section.h"
#include "store/store.h"

#include "base/buf.h"

/* Reads accounts.db through: its pages, people and sessions; sections are the site's. To
 * notes goes, a line each, what is allowed but hardly meant. RC_FAILED with the first
 * finding. */
enum rc check_accounts(struct store *st, const struct sections *sections,
                       struct buf *notes, struct err *err) MUST_CHECK;

#endif
