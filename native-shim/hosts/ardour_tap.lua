-- A plugin of Ardour's own kind, put into a track: takes down every MIDI message that passes, with its sample on the timeline,
-- in memory that the session's script can read. First the number of messages, then two words for each.
ardour {
  ["type"] = "dsp", name = "Continuo Tap", category = "Utility", license = "Apache-2.0", author = "Continuo",
  description = [[Takes down what passes.]]
}

local room = 100000

function dsp_ioconfig () return { { midi_in = 1, midi_out = 1, audio_in = 0, audio_out = 0 } } end

function dsp_init (rate)
  self:shmem ():allocate (1 + room * 2)
  self:shmem ():atomic_set_int (0, 0)
end

function dsp_run (_, _, n_samples)
  local count = self:shmem ():atomic_get_int (0)
  local log = self:shmem ():to_int (1):array ()
  for i, message in ipairs (midiin) do
    midiout[i] = message
    local bytes = message["data"]
    if #bytes == 3 and count < room then
      log[count * 2 + 1] = Session:transport_sample () + message["time"] - 1
      log[count * 2 + 2] = bytes[1] * 65536 + bytes[2] * 256 + bytes[3]
      count = count + 1
    end
  end
  self:shmem ():atomic_set_int (0, count)
end
