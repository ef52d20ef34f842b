// The page's modules that know no browser, for tests in Node.

export * from '../../main/resources/org/continuo/bridge/panel/page/js/osc/words.js'
