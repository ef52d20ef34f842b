// The golden files of protocol: Java writes and reads them too, so that neither side can drift.
#include "check.h"

TEST("golden files are not there yet") { IS_TRUE(GOLDEN_FOLDER[0] != 0); }
