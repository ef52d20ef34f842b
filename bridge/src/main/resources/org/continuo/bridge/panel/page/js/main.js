// The page begins here: the engine, the sound, and two views of them.

import { takeIn } from './compose/drop.js'
import { ComposeView } from './compose/view.js'
import { find } from './dom.js'
import { isPressing, isTyping } from './focus.js'
import { KeyLetters } from './live/key-letters.js'
import { ownBand } from './live/own-band.js'
import { Engine } from './net/engine.js'
import { takeKey } from './net/key.js'
import { Synth } from './sound/synth.js'

/** Where the loudness is kept. */
const VOLUME = 'continuo.volume'

/** Where the view that is shown is kept, for when the page is loaded again. */
const VIEW = 'continuo.view'

const link = new URLSearchParams(location.hash.slice(1)).get('take')
const key = takeKey(location, history, localStorage)
const engine = new Engine(key)
const synth = new Synth()
const compose = new ComposeView(engine, synth)
const letters = new KeyLetters(document)
let live = null
let opening = null

function engineState() {
  const state = find('engine')
  const banner = find('banner')
  state.className = 'engine ' + (engine.here === null ? '' : engine.here ? 'here' : 'away')
  state.textContent = engine.here === null ? 'looking for the engine' : engine.here
    ? `${engine.about?.engine ?? 'the engine'} is here` : 'the engine is away'
  banner.hidden = Boolean(engine.here && engine.admitted) || engine.here === null
  banner.textContent = engine.here === false
    ? 'The engine is away. Start it with “continuo serve”; this page finds it by itself, and nothing is lost.'
    : `This page has ${key ? 'another engine’s key' : 'no key to the engine'}. Open the address that “continuo serve” printed, once.`
}

engine.addEventListener('change', engineState)
engine.addEventListener('about', engineState)

async function openLive() {
  const { LiveView } = await import('./live/view.js')
  const band = await ownBand(sessionStorage, navigator.locks)
  live = new LiveView(find('live'), { engine, synth, key, band, letters, captured: (number) => compose.takes.captured(number) })
}

async function show(name) {
  sessionStorage.setItem(VIEW, name)
  for (const view of ['compose', 'live']) {
    const chosen = view === name
    find(view).hidden = !chosen
    find('tab-' + view).setAttribute('aria-selected', String(chosen))
    find('tab-' + view).tabIndex = chosen ? 0 : -1
  }
  if (name === 'live') {
    compose.player.stop()
    if (!live) await (opening ??= openLive().finally(() => { opening = null }))
    if (!find('live').hidden) live.show()
  } else {
    live?.hide()
  }
}

for (const name of ['compose', 'live']) {
  find('tab-' + name).onclick = () => show(name)
  find('tab-' + name).onkeydown = (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const other = name === 'compose' ? 'live' : 'compose'
    show(other)
    find('tab-' + other).focus()
  }
}

letters.ask(navigator.keyboard)
document.addEventListener('keydown', (event) => letters.hear(event))

document.addEventListener('keydown', (event) => {
  if (isTyping(event) || event.altKey || find('compose').hidden) return
  const command = event.ctrlKey || event.metaKey
  if (command && event.key.toLowerCase() === 'z') {
    event.preventDefault()
    compose.tree.undo()
  }
  if (command) return
  const act = { ' ': isPressing(event) ? null : () => compose.transport.toggle(), l: () => compose.transport.loop(),
    g: () => compose.goOn() }[event.key.toLowerCase()]
  if (!act) return
  event.preventDefault()
  if (!event.repeat) act()
})

// What is dropped belongs to composing; who plays live is told where it is.
takeIn(document.body, async (file) => {
  const said = await compose.own(file)
  if (!find('live').hidden) live?.say(said || `${compose.form.own.name} stands among the beginnings of “Compose”.`)
})

const volume = find('volume')
volume.value = localStorage.getItem(VOLUME) ?? volume.defaultValue
volume.oninput = () => {
  synth.volume(Number(volume.value))
  localStorage.setItem(VOLUME, volume.value)
}
synth.volume(Number(volume.value))
find('help-open').onclick = () => find('help').showModal()
addEventListener('hashchange', () => {
  const next = new URLSearchParams(location.hash.slice(1)).get('take')
  if (new URLSearchParams(location.hash.slice(1)).get('key')) location.reload()
  else if (next) {
    show('compose')
    compose.links.follow(next)
  }
})

// For tests and for the curious: what the page is made of.
window.continuo = { engine, synth, compose, get live() { return live } }

await engine.watch()
engineState()
// So that it opens while the engine is away as well.
const playing = import('./live/view.js').catch(() => {})
// Who loads it again finds the view that was shown; who opens it, by a link too, begins with composing.
const opened = performance.getEntriesByType('navigation')[0]?.type === 'navigate'
if (!opened && sessionStorage.getItem(VIEW) === 'live') await show('live').catch(() => show('compose'))
await compose.open(link)
await playing
document.documentElement.dataset.ready = 'yes'
