// The web socket to the engine: one OSC packet a message. Comes back by itself, a little later each time.

import { hear, say, VERSION } from '../osc/words.js'

const SILENT_MS = 5000
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 3000

/**
 * Tells `open` (the engine said welcome) and `away`. What the engine says is told to `listener`, see osc/words.js; the socket
 * itself takes welcome, pong and the refusal of hello.
 */
export class LiveSocket extends EventTarget {
  #socket = null
  #wait = FIRST_WAIT_MS
  #timer = null
  #pings = new Map()
  #number = 0

  constructor(address, token, listener) {
    super()
    this.address = address
    this.token = token
    this.listener = listener
    this.band = null
    this.isOpen = false
    this.roundTripMs = null
    this.bytesOut = 0
  }

  /** Joins a band, leaving the one before. */
  join(band) {
    this.leave()
    this.band = band
    this.#wait = FIRST_WAIT_MS
    this.#connect()
  }

  leave() {
    clearTimeout(this.#timer)
    if (this.#socket) {
      if (this.isOpen) this.send(say.goodbye())
      this.#drop(this.#socket)
    }
    this.band = null
  }

  /** Sends a packet, or nothing where the engine is away. */
  send(bytes) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(bytes)
  }

  #connect() {
    const socket = this.#socket = new WebSocket(this.address)
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      this.heard = performance.now()
      socket.send(say.hello(VERSION, 'panel', this.band, this.token ?? ''))
      this.pinging = setInterval(() => this.#ping(socket), 1000)
    }
    socket.onmessage = (message) => {
      this.heard = performance.now()
      hear(new Uint8Array(message.data), this.#hearing)
    }
    socket.onclose = () => {
      if (this.#socket === socket) this.#lost()
    }
  }

  #hearing = new Proxy({}, {
    get: (_, word) => {
      if (word === 'welcome') return (_version, session, engine) => this.#welcome(session, engine)
      if (word === 'pong') return (number) => this.#pong(number)
      return (...args) => this.listener[word]?.(...args)
    }
  })

  #welcome(session, engine) {
    this.session = session
    this.engine = engine
    this.isOpen = true
    this.#wait = FIRST_WAIT_MS
    this.dispatchEvent(new Event('open'))
  }

  #ping(socket) {
    if (performance.now() - this.heard > SILENT_MS) {
      this.#lost()
      return
    }
    this.#pings.clear()
    this.#pings.set(++this.#number, performance.now())
    socket.readyState === WebSocket.OPEN && socket.send(say.ping(this.#number))
  }

  #pong(number) {
    const sent = this.#pings.get(number)
    if (sent !== undefined) this.roundTripMs = performance.now() - sent
  }

  #lost() {
    this.#drop(this.#socket)
    this.dispatchEvent(new Event('away'))
    this.#timer = setTimeout(() => this.#connect(), this.#wait)
    this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * 1.7)
  }

  #drop(socket) {
    clearInterval(this.pinging)
    this.#socket = null
    this.isOpen = false
    this.roundTripMs = null
    socket.onclose = socket.onmessage = null
    socket.close()
  }
}
