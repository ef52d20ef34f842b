-- What ardour-clip lets ardour-lua do: a session with a MIDI region, in which the script is run as the editor would run it, with
-- an editor that has the region selected and a dialog that is answered at once. Says lines of JSON.
-- Told by environment: FOLDER, SCRIPT, WORK (continue, accompany or harmonize), TRIM (beats cut off in front); LOCK: the region
-- is locked; COMMA, a locale to run the script in.
local env = os.getenv
local folder, work, trim = env ("FOLDER"), env ("WORK"), tonumber (env ("TRIM") or "0")
local function say (name, value) print ("SAID " .. '{"' .. name .. '": ' .. tostring (value) .. "}") end
local function wait (seconds) ARDOUR.LuaAPI.usleep (math.floor (seconds * 1e6)) end

AudioEngine:set_backend ("None (Dummy)", "", "")
ARDOUR.config ():set_output_auto_connect (ARDOUR.AutoConnectOption.ManualConnect)
ARDOUR.config ():set_input_auto_connect (ARDOUR.AutoConnectOption.ManualConnect)
Session = assert (create_session (folder, "session", 48000))
local map = Temporal.TempoMap.fetch_writable ()
map:set_tempo (Temporal.Tempo (100, 100, 4), Temporal.timepos_t (0))
map:set_meter (Temporal.Meter (3, 4), Temporal.timepos_t (0))
Temporal.TempoMap.update (map)
map = nil

local function track (name)
  local one = ARDOUR.ChanCount (ARDOUR.DataType ("midi"), 1)
  local made = Session:new_midi_track (one, one, true, ARDOUR.PluginInfo (), nil, nil, 1, name, ARDOUR.PresentationInfo.max_order,
                                       ARDOUR.TrackMode.Normal, true)
  for each in made:iter () do return each end
end

-- Ardour makes a region only where something was recorded: one note is, and then replaced by four bars of a tune. With it a program,
-- a pedal that stays down and a bend that stays up, which no script can write.
local function record (one, source)
  source:output ():midi (0):connect (one:input ():midi (0):name ())
  one:rec_enable_control ():set_value (1, PBD.GroupControlDisposition.NoGroup)
  Session:maybe_enable_record (false)
  Session:request_roll (ARDOUR.TransportRequestSource.TRS_UI)
  wait (0.2)
  for _, message in ipairs ({ { 0x90, 60, 64 }, { 0xc0, 40 }, { 0xb0, 64, 127 }, { 0xe0, 0, 96 }, { 0x80, 60, 64 } }) do
    local bytes = C.ByteVector ()
    bytes:add (message)
    source:write_immediate_event (Evoral.EventType.MIDI_EVENT, bytes:size (), bytes:to_array ())
    wait (0.1)
  end
  Session:request_stop (false, false, ARDOUR.TransportRequestSource.TRS_UI)
  wait (0.4)
  one:rec_enable_control ():set_value (0, PBD.GroupControlDisposition.NoGroup)
  local region
  for each in one:playlist ():region_list ():iter () do region = each end
  return region
end

local one, source = track ("tune"), track ("keys")
local region = record (one, source)
local model = region:to_midiregion ():midi_source (0):model ()
local change = model:new_note_diff_command ("tune")
for note in ARDOUR.LuaAPI.note_list (model):iter () do change:remove (note) end
for beat, pitch in ipairs ({ 60, 64, 67, 65, 62, 59, 60, 64, 67, 72, 67, 64 }) do
  change:add (ARDOUR.LuaAPI.new_noteptr (0, Temporal.Beats.from_double (beat - 1), Temporal.Beats.from_double (0.9), pitch, 90))
end
model:apply_command (Session, change)
region:set_length (Temporal.timecnt_t.from_ticks (1920 * 12, Temporal.timepos_t.from_ticks (0)))
if trim > 0 then region:trim_front (Temporal.timepos_t.from_ticks (1920 * trim)) end
if env ("LOCK") then
  region:set_locked (true)
  region:set_position_locked (true)
end
wait (0.3)

local function quarters (beats)
  local whole, ticks = tostring (beats):match ("^(%-?%d+):(%d+)")
  return tonumber (whole) + tonumber (ticks) / 1920
end

-- What Ardour would play of a region, as a file beside the log: WHEN-NUMBER.mid.
local function write_down (each, when, number)
  each:to_midiregion ():do_export (folder .. "-" .. when .. "-" .. number .. ".mid")
end

local function regions (when)
  local count, list = 0, {}
  for route in Session:get_tracks ():iter () do
    for each in route:to_track ():playlist ():region_list ():iter () do
      local notes = {}
      local offset = (each:position ():ticks () - each:start ():ticks ()) / 1920
      for note in ARDOUR.LuaAPI.note_list (each:to_midiregion ():midi_source (0):model ()):iter () do
        notes[#notes + 1] = string.format ("[%d, %.3f, %.3f]", note:note (), quarters (note:time ()) + offset, quarters (note:length ()))
      end
      count = count + 1
      write_down (each, when, count)
      list[#list + 1] = string.format ('{"track": "%s", "at": %.3f, "length": %.3f, "notes": [%s]}', route:name (), each:position ():ticks () / 1920,
                                       each:length ():ticks () / 1920, table.concat (notes, ", "))
    end
  end
  say (when, string.format ('{"count": %d, "regions": [%s]}', count, table.concat (list, ", ")))
end

-- The editor and its dialog, as far as the script asks for them.
Editor = { get_selection = function ()
  return { regions = { regionlist = function () return { iter = function ()
    local given
    return function ()
      if given then return nil end
      given = true
      return region
    end
  end } end } }
end }
LuaDialog = {
  MessageType = {}, ButtonType = {},
  Message = function (_, text) return { run = function () say ("told", '"' .. text:gsub ('"', "'") .. '"') end } end,
  Dialog = function () return { run = function () return { work = work, bars = 4, with = "bass,drums", style = "" } end } end,
}
function ardour () end
assert (loadfile (env ("SCRIPT"))) ()
regions ("before")
local action = factory ()
local comma = env ("COMMA")
if comma then assert (os.setlocale (comma, "numeric")) end
action ()
os.setlocale ("C", "numeric")
regions ("after")
Session:begin_reversible_command ("undo once")
regions ("undone")
Session:save_state ("")
region, one, source, model, change, action = nil
collectgarbage ()
say ("done", "true")
close_session ()
