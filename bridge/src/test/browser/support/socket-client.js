// A program at the engine's local socket: each packet after its length (SPEC.md 4.1).

import { once } from 'node:events'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { HAS_BAR_START, HAS_BEAT, HAS_METER, HAS_TEMPO, hear, PLAYING, say, VERSION } from '../page.js'

export class SocketClient {
  static async open(engine, band) {
    const socket = createConnection(join(engine.folder, 'run', 'engine.sock'))
    await once(socket, 'connect')
    socket.on('error', () => {})
    const client = new SocketClient(socket)
    client.send(say.hello(VERSION, 'script', band, ''))
    client.pinging = setInterval(() => client.send(say.ping(1)), 1000)
    return client
  }

  constructor(socket) {
    this.socket = socket
    this.counted = {}
    let rest = Buffer.alloc(0)
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data])
      while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE()) {
        const end = 4 + rest.readInt32BE()
        hear(rest.subarray(4, end), {
          counter: (name, value) => { this.counted[name] = Number(value) },
          captured: (file) => this.captured?.(file)
        })
        rest = rest.subarray(end)
      }
    })
  }

  send(packet) {
    const length = Buffer.alloc(4)
    length.writeInt32BE(packet.length)
    this.socket.write(Buffer.concat([length, packet]))
  }

  part(channel, instrument, player) {
    this.send(say.part(channel, instrument, player))
  }

  /** A short note, now. */
  note(channel, pitch) {
    this.send(say.noteOn(0, channel, pitch, 80))
    setTimeout(() => this.send(say.noteOff(0, channel, pitch)), 120)
  }

  /** A beat of each pitch on channel 0, from a host's start to its stop; gives the file that it was captured in. */
  async playAndCapture(pitches) {
    this.#transport(1, 0, PLAYING)
    pitches.forEach((pitch, beat) => {
      this.send(say.noteOn(beat, 0, pitch, 80))
      this.#transport(1, beat + 1, PLAYING)
      this.send(say.noteOff(beat + 0.9, 0, pitch))
    })
    this.#transport(2, pitches.length, 0)
    const captured = new Promise((resolve) => { this.captured = resolve })
    this.send(say.capture())
    return captured
  }

  #transport(epoch, beat, flags) {
    this.send(say.transport(flags + HAS_TEMPO + HAS_METER + HAS_BEAT + HAS_BAR_START, epoch, beat, beat, 120, 4, 4,
      beat - beat % 4, 0, 0))
  }

  /** What the engine has counted, by name. */
  async counters() {
    this.send(say.counters())
    await new Promise((resolve) => setTimeout(resolve, 500))
    return { ...this.counted }
  }

  close() {
    clearInterval(this.pinging)
    this.socket.destroy()
  }
}
