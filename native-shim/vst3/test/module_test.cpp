#include "check.h"
TEST("stub") { IS_TRUE(true); }
