// Who does not keep up: a browser whose processes stand still, and a page that pings and reads nothing.

import { once } from 'node:events'
import { hostProgram } from './host.js'

/** Stops every process of a browser until `release()`. */
export async function stopped(browser) {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const all = (signal) => {
    for (const { id } of processInfo) process.kill(id, signal)
  }
  all('SIGSTOP')
  return { processes: processInfo.map(({ type }) => type), release: () => all('SIGCONT') }
}

/** Watches a band for so long without reading; gives { dropped, after } in the end. */
export async function deaf(engine, band, seconds) {
  const child = hostProgram('deaf.py', engine.port, engine.key, band, seconds)
  let said = ''
  child.stdout.on('data', (data) => { said += data })
  await once(child, 'close')
  return JSON.parse(said)
}
