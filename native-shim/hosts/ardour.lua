-- What hosts/ardour lets ardour-lua do, one phase a run, since a session that is saved has to be one that another program opens:
--   prepare  makes the session: a track with the plugin and a clip, a second one with another instance, a track that captures
--            each, a tempo change at beat 8, a loop from beat 4 to 6; moves parameters; saves
--   perform  opens it, plays it from the start through the tempo change, seeks, loops, stops; saves
--   render   opens it and exports the stretch of the clip, faster than real time
-- Told by environment: PHASE, FOLDER, FORMAT (VST3 or LV2), PLUGIN (its name to Ardour), SCENE (clip, eighths or two): in eighths
-- the session is in 6/8, and is played to the clip's end and no further; two has both instances.
-- Says lines of JSON, into the file SAID, each at once: Ardour may abort while it leaves.
local env = os.getenv
local phase, folder, two, eighths = env ("PHASE"), env ("FOLDER"), env ("SCENE") == "two", env ("SCENE") == "eighths"
local rate, order = 48000, ARDOUR.PresentationInfo.max_order
local clip_beats = 12

local file_said = assert (io.open (env ("SAID"), "a"))
local function say (name, value)
  file_said:write ('{"' .. name .. '": ' .. tostring (value) .. "}\n")
  file_said:flush ()
end
local function quote (text) return '"' .. tostring (text):gsub ('[%c"\\]', " ") .. '"' end
local function wait (seconds) ARDOUR.LuaAPI.usleep (math.floor (seconds * 1e6)) end
local function midi (n) return ARDOUR.ChanCount (ARDOUR.DataType ("midi"), n) end
local function beat_at (session, beat) return Temporal.TempoMap.read ():sample_at_beats (Temporal.Beats.from_double (beat)) end

AudioEngine:set_backend ("None (Dummy)", "", "")
-- Ardour 7.3 can lock itself up while it connects new tracks by itself on a busy machine.
ARDOUR.config ():set_output_auto_connect (ARDOUR.AutoConnectOption.ManualConnect)
ARDOUR.config ():set_input_auto_connect (ARDOUR.AutoConnectOption.ManualConnect)

local function track (session, name, plugin)
  local made = session:new_midi_track (midi (1), midi (1), true, plugin or ARDOUR.PluginInfo (), nil, nil, 1, name,
                                       order, ARDOUR.TrackMode.Normal, true)
  for one in made:iter () do return one end
end

local function find (session, name)
  local route = session:route_by_name (name)
  return route:to_track ():to_midi_track ()
end

-- Number of the parameter of that name, as Ardour counts what goes in.
local function parameter (plugin, name)
  local n = 0
  for i = 0, plugin:parameter_count () - 1 do
    if plugin:parameter_is_control (i) and plugin:parameter_is_input (i) then
      if plugin:parameter_label (i) == name then return n end
      n = n + 1
    end
  end
end

local moved = { Temperature = 0.5, Style = 9, Seed = 4711 }  -- neither the first nor the usual values

local function instrument (one) return one:nth_plugin (0) end

local function set (one, name, value)
  local proc = instrument (one)
  local n = parameter (proc:to_plugininsert ():plugin (0), name)
  return n and ARDOUR.LuaAPI.set_processor_param (proc, n, value)
end

local function get (one, name)
  local proc = instrument (one)
  local n = parameter (proc:to_plugininsert ():plugin (0), name)
  if not n then return "null" end
  local value, good = ARDOUR.LuaAPI.get_processor_param (proc, n)
  return good and string.format ("%.4f", value) or "null"
end

-- Notes on every beat of the clip. Ardour makes a region only where something was recorded: one note is, and then replaced.
local function put_clip (session, one, source)
  source:output ():midi (0):connect (one:input ():midi (0):name ())
  one:rec_enable_control ():set_value (1, PBD.GroupControlDisposition.NoGroup)
  session:maybe_enable_record (false)
  session:request_roll (ARDOUR.TransportRequestSource.TRS_UI)
  wait (0.2)
  for _, status in ipairs ({ 0x90, 0x80 }) do
    local bytes = C.ByteVector ()
    bytes:add ({ status, 60, 64 })
    source:write_immediate_event (Evoral.EventType.MIDI_EVENT, bytes:size (), bytes:to_array ())
    wait (0.1)
  end
  session:request_stop (false, false, ARDOUR.TransportRequestSource.TRS_UI)
  wait (0.4)
  one:rec_enable_control ():set_value (0, PBD.GroupControlDisposition.NoGroup)
  source:output ():disconnect_all (nil)
  local region
  for r in one:playlist ():region_list ():iter () do region = r end
  local model = region:to_midiregion ():midi_source (0):model ()
  local change = model:new_note_diff_command ("clip")
  for note in ARDOUR.LuaAPI.note_list (model):iter () do change:remove (note) end
  for beat = 0, clip_beats - 1 do
    change:add (ARDOUR.LuaAPI.new_noteptr (0, Temporal.Beats.from_double (beat), Temporal.Beats.from_double (0.5), 60 + beat % 12, 90))
  end
  model:apply_command (session, change)
  region:set_length (Temporal.timecnt_t.from_ticks (1920 * clip_beats, Temporal.timepos_t.from_ticks (0)))
  session:goto_start (false)
  wait (0.3)
end

-- Lua has no word for the loop's place: it goes into the saved session.
local function put_loop (from, to)
  local name = folder .. "/session/session.ardour"
  local file = assert (io.open (name))
  local text = file:read ("a")
  file:close ()
  local loop = string.format ('<Location id="999999" name="Loop" start="a%d" end="a%d" flags="IsAutoLoop" locked="0" timestamp="0" cue="0"/>',
                              from * 5880, to * 5880)  -- in superclocks, 282,240,000 a second
  text = text:gsub ("</Locations>", loop .. "</Locations>")
  file = assert (io.open (name, "w"))
  file:write (text)
  file:close ()
end

local function prepare ()
  local session = assert (create_session (folder .. "/session", "session", rate))
  local info = ARDOUR.LuaAPI.new_plugin_info (env ("PLUGIN"), ARDOUR.PluginType[env ("FORMAT")])
  if info:isnil () then return say ("loads", "false") end
  local map = Temporal.TempoMap.fetch_writable ()
  if eighths then map:set_meter (Temporal.Meter (6, 8), Temporal.timepos_t (0)) end
  map:set_tempo (Temporal.Tempo (120, 120, 4), Temporal.timepos_t (0))
  map:set_tempo (Temporal.Tempo (150, 150, 4), Temporal.timepos_t.from_ticks (1920 * 8))
  Temporal.TempoMap.update (map)
  map = nil
  local player = track (session, "player", info)
  if instrument (player):isnil () then return say ("loads", "false") end
  local capture = track (session, "capture")
  local second = two and track (session, "second", info)
  put_clip (session, player, capture)
  local tap = ARDOUR.LuaAPI.new_luaproc (session, "Continuo Tap")
  capture:add_processor_by_index (tap, 0, nil, true)
  local from = two and second or player
  player:output ():disconnect_all (nil)
  if two then second:output ():disconnect_all (nil) end
  from:output ():midi (0):connect (capture:input ():midi (0):name ())
  capture:monitoring_control ():set_value (1, PBD.GroupControlDisposition.NoGroup)
  for name, value in pairs (moved) do set (player, name, value) end
  if two then
    set (player, "Part", 1)     -- piano
    set (player, "Player", 1)   -- the musician
    set (second, "Part", 4)     -- bass, the model
  end
  wait (0.3)
  for name, value in pairs (moved) do say (name, get (player, name)) end
  session:save_state ("")
  say ("loads", "true")
  return beat_at (session, 4), beat_at (session, 6)
end

local function events (capture, from)
  local memory = capture:nth_plugin (0):to_plugininsert ():plugin (0):to_luaproc ():shmem ()
  local count, log, all = memory:atomic_get_int (0), memory:to_int (1):array (), {}
  for i = from, count - 1 do all[#all + 1] = string.format ("[%d,%d]", log[i * 2 + 1], log[i * 2 + 2]) end
  return count, "[" .. table.concat (all, ",") .. "]"
end

local function until_beat (session, beat, seconds)
  local sample = beat_at (session, beat)
  for _ = 1, seconds * 500 do
    if session:transport_sample () >= sample then return end
    wait (0.002)
  end
end

-- Waits while the loop turns.
local function until_wraps (session, wraps)
  local last = session:transport_sample ()
  for _ = 1, 20 * 500 do
    local now = session:transport_sample ()
    if now < last then wraps = wraps - 1 end
    if wraps == 0 then return end
    last = now
    wait (0.002)
  end
end

local function recorded (one)
  local notes = 0
  for region in one:playlist ():region_list ():iter () do
    for _ in ARDOUR.LuaAPI.note_list (region:to_midiregion ():midi_source (0):model ()):iter () do notes = notes + 1 end
  end
  return notes
end

local function perform (session)
  local source = ARDOUR.TransportRequestSource.TRS_UI
  local roll, stop = ARDOUR.LocateTransportDisposition.MustRoll, ARDOUR.LocateTransportDisposition.MustStop
  local capture, player = find (session, "capture"), find (session, "player")
  for name in pairs (moved) do say (name, get (player, name)) end
  wait (tonumber (env ("SETTLE") or "1"))
  if two then
    capture:rec_enable_control ():set_value (1, PBD.GroupControlDisposition.NoGroup)
    session:maybe_enable_record (false)
  end
  local at = events (capture, 0)
  local function scene (name)
    local all
    at, all = events (capture, at)
    say (name, all)
  end
  session:request_roll (source)
  until_beat (session, clip_beats, 30)
  scene ("clip")
  if two or eighths then
    session:request_stop (false, false, source)
    wait (0.7)
    if two then say ("recorded", recorded (capture)) end
    return scene ("stop")
  end
  session:request_locate (beat_at (session, 4), false, roll, source)
  wait (0.2)
  until_beat (session, 6, 10)
  scene ("seek")
  session:request_stop (false, false, source)
  wait (0.7)
  scene ("stop")
  session:request_locate (beat_at (session, 4), false, stop, source)
  wait (0.3)
  session:request_play_loop (true, false)
  session:request_roll (source)
  until_wraps (session, 4)
  scene ("loop")
  session:request_stop (false, false, source)
  wait (0.7)
  scene ("stop after the loop")
  session:request_play_loop (false, false)
  session:save_state ("")
end

local function render (session)
  local capture = find (session, "capture")
  wait (1)
  local at = events (capture, 0)
  local export = session:simple_export ()
  export:set_name ("render")
  export:set_folder (folder .. "/export")
  export:set_range (0, beat_at (session, clip_beats))
  local began = ARDOUR.LuaAPI.monotonic_time ()
  say ("export", tostring (export:run_export ()))
  say ("export seconds", string.format ("%.3f", (ARDOUR.LuaAPI.monotonic_time () - began) / 1e6))
  local _, all = events (capture, at)
  say ("rendered", all)
end

if phase == "prepare" then
  local from, to = prepare ()
  close_session ()
  if from then put_loop (from, to) end
else
  local session = assert (load_session (folder .. "/session", "session"))
  say ("opened", "true")
  if phase == "perform" then perform (session) else render (session) end
end
say ("done", quote (phase))
