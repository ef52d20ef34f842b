// What stands on the live page before anything is played.

import { h } from '../dom.js'

const button = (id, words, more = {}) => h('button', { id, type: 'button', ...more }, words)

/** A button beside which the computer's key stands that does the same. */
const octave = (id, words, code) => h('button', { id, type: 'button', className: 'small' }, words, h('kbd', { data: { code } }))

/** The elements of the live view, in their order. */
export function stand() {
  const meters = ['4/4', '3/4', '2/4', '6/8', '5/4', '7/8', '12/8']
  return [
    h('div', { className: 'choices' },
      h('label', { className: 'band' }, h('span', { className: 'quiet' }, 'What is shown'),
        h('select', { id: 'live-band' }, h('option', { value: '' }, 'a jam on this page'))),
      h('fieldset', {}, h('legend', {}, 'Who plays'), h('div', { id: 'live-parts', className: 'seats' })),
      h('fieldset', {}, h('legend', {}, 'How'), h('div', { id: 'live-controls', className: 'live-controls' }))),
    h('section', { className: 'stage', aria: { label: 'The session' } },
      h('div', { className: 'transport', role: 'toolbar', aria: { label: 'The session' } },
        h('button', { id: 'live-start', type: 'button', className: 'live-start', aria: { pressed: false } }, 'Start'),
        h('label', { className: 'tempo' }, h('span', { className: 'quiet' }, 'Tempo'),
          h('input', { id: 'live-tempo', type: 'number', min: 20, max: 400, value: 110 })),
        h('label', { className: 'tempo' }, h('span', { className: 'quiet' }, 'Meter'),
          h('select', { id: 'live-meter' }, ...meters.map((meter) => h('option', { value: meter }, meter)))),
        button('live-click', 'Click', { aria: { pressed: false }, title: 'A metronome' }),
        h('span', { id: 'live-state', className: 'quiet' }),
        h('span', { className: 'gap' }),
        button('live-capture', 'Capture', { title: 'Keep what was played since the last start as a take' }),
        button('live-panic', 'Panic', { className: 'panic', title: 'Silence at once' })),
      h('div', { className: 'roll' },
        h('canvas', { id: 'live-roll', tabIndex: 0, role: 'img',
          aria: { label: 'The session: what was played left of the playhead, what is planned right of it, lighter' } }),
        h('p', { id: 'live-hint', className: 'roll-empty' })),
      h('p', { id: 'live-roll-said', className: 'unseen', aria: { live: 'polite' } }),
      h('div', { className: 'plan', role: 'group', aria: { label: 'The plan' } },
        h('span', { className: 'quiet' }, 'The plan'), button('live-keep', 'Keep all', { className: 'small' }),
        button('live-discard', 'All anew', { className: 'small' }), h('span', { id: 'live-plan', className: 'plan-bars' }),
        h('p', { id: 'live-said', className: 'said', aria: { live: 'polite' } })),
      h('div', { id: 'live-meters', className: 'meters', role: 'group', aria: { label: 'How well it keeps up' } }),
      h('div', { id: 'live-piano', className: 'piano' },
        h('div', { className: 'piano-head' },
          octave('live-octave-down', '− octave', 'KeyZ'), octave('live-octave-up', 'octave +', 'KeyX'),
          button('live-midi', 'Use a MIDI keyboard', { className: 'small' })),
          h('div', { id: 'live-keys', className: 'keys', role: 'group', aria: { label: 'Piano keys; letters of the computer’s keyboard play them' } })))
  ]
}
