#include "CRelease.h"

#ifndef CLIPCHECK_COMMIT
#define CLIPCHECK_COMMIT 0
#endif

const char *clipcheck_commit(void) { return CLIPCHECK_COMMIT; }
