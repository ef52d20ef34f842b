// What a musician does on the page.

const PATIENCE = { timeout: 90_000 }

/** Presses the button and waits for the takes. Gives the selected one. */
export async function make(page, press = () => page.click('#make')) {
  const before = await page.evaluate(() => Math.max(0, ...continuo.compose.tree.takes.keys()))
  await press()
  await page.waitForFunction((last) => !continuo.compose.making && Math.max(0, ...continuo.compose.tree.takes.keys()) > last,
    before, PATIENCE)
  return shown(page)
}

/** The take on the roll: { id, clip, from, recipe, ... }. */
export function shown(page) {
  return page.evaluate(() => structuredClone(continuo.compose.shown.take))
}

export function said(page) {
  return page.textContent('#said')
}

/** Chooses a chip of the form. */
export function choose(page, name, value) {
  return page.check(`#asking [name=${name}][value="${value}"]`, { force: true })
}

export async function advanced(page, { instruments = [], bars, takes, seed } = {}) {
  await choose(page, 'mode', 'advanced')
  for (const name of instruments) await choose(page, 'instrument', name)
  if (bars) await page.fill('#length', String(bars))
  if (seed !== undefined) await page.fill('#seed', String(seed))
  if (takes) {
    await page.focus('#takes')
    await page.keyboard.press('Home')
    for (let count = 1; count < takes; count++) await page.keyboard.press('ArrowRight')
  }
}

/** Opens the live page and waits for the engine's welcome. */
export async function playLive(page) {
  await page.click('#tab-live')
  await page.waitForFunction(() => continuo.live?.socket.isOpen, null, PATIENCE)
}

/** Strikes the computer's keys one after another, each for `held` ms. */
export async function strike(page, letters, held = 200) {
  for (const letter of letters) {
    await page.keyboard.down(letter)
    await page.waitForTimeout(held)
    await page.keyboard.up(letter)
    await page.waitForTimeout(40)
  }
}

/** Starts the jam; what has the focus lets go of it, so that the keys are the piano's. */
export async function startJam(page) {
  await page.click('#live-start')
  await page.evaluate(() => document.activeElement.blur())
  await page.waitForFunction(() => continuo.live.jam.playing)
}

/** The jam and the band that is watched: { at, playing, planned, counts, sounding, mine, model }, notes of musicians counted. */
export function liveState(page) {
  return page.evaluate(() => {
    const { jam, watch } = continuo.live
    const of = ({ score, book, at, playing }) => ({
      at, playing, planned: book.planned().length, counts: book.counts, sounding: book.sounding.size,
      mine: score.clip.notes.filter((note) => note.mine).length,
      model: score.clip.notes.filter((note) => !note.mine).map(({ part, at: begin, pitch, length, open }) => ({ part, at: begin, pitch, length, open }))
    })
    return { jam: of(jam), watch: { ...of(watch), parts: watch.parts }, said: document.querySelector('#live-said').textContent }
  })
}
