// The page's modules that know no browser, for tests in Node.

const page = '../../main/resources/org/continuo/bridge/panel/page/js/'
const modules = await Promise.all(['osc/words.js', 'live/plan-book.js', 'live/kept-plan.js', 'live/clock.js', 'music/time.js', 'music/clip.js', 'net/share.js',
  'tree/tree.js', 'roll/viewport.js', 'compose/making.js', 'net/engine.js', 'live/watch.js', 'sound/lag.js', 'sound/player.js',
  'live/jam.js'].map((name) => import(page + name)))

export const {
  say, hear, VERSION, PLAYING, HAS_TEMPO, HAS_METER, HAS_BEAT, HAS_BAR_START, PlanBook, KeptPlan, LiveClock, TempoMap, BarLines, Clip, toLink,
  fromLink, TakeTree, Viewport, Making, Engine, Watch, Lag, Player, Jam
} = Object.assign({}, ...modules)
