// Ends with 0 where there is a browser to test with.

import { found } from './browser.js'

process.exit(found() ? 0 : 1)
