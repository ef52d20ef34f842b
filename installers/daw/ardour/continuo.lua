ardour {
  ["type"] = "EditorAction",
  name = "Continuo: go on from the selected region",
  license = "Apache-2.0",
  author = "Continuo",
  description = [[
Continues, accompanies or harmonizes the selected MIDI region. What is played on stands in a region right after it, on the same
track; parts beside it get a track each. One undo takes the new regions away; tracks stay, as whenever Ardour makes one.]]
}

function factory () return function ()
  local ticks_a_beat = 1920 -- Temporal::ticks_per_beat

  -- A position or a length on the timeline, in quarter notes.
  local function quarters (time) return time:ticks () / ticks_a_beat end

  -- Of a note's time Lua can see the text alone, "beats:ticks".
  local function quarters_of_note (beats)
    local whole, ticks = tostring (beats):match ("^(%-?%d+):(%d+)")
    return tonumber (whole) + tonumber (ticks) / ticks_a_beat
  end

  local function tell (text)
    LuaDialog.Message ("Continuo", text, LuaDialog.MessageType.Info, LuaDialog.ButtonType.Close):run ()
  end

  local function selected_midi_region ()
    for region in Editor:get_selection ().regions:regionlist ():iter () do
      if not region:to_midiregion ():isnil () then return region end
    end
  end

  -- There is no way from a region to its track: the track whose playlist has it.
  local function track_of (region)
    for route in Session:get_tracks ():iter () do
      local track = route:to_track ()
      if not track:playlist ():region_by_id (region:to_stateful ():id ()):isnil () then return track end
    end
  end

  -- Ardour writes figures as its user's country does; the program reads none with a comma.
  local function figure (x) return (string.format ("%.6f", x):gsub (",", ".")) end

  local function quoted (text) return "'" .. text:gsub ("'", "'\\''") .. "'" end

  -- The program, which need not be where a desktop looks.
  local function program ()
    local home = os.getenv ("HOME") or ""
    for _, path in ipairs ({ os.getenv ("CONTINUO") or "", home .. "/.local/bin/continuo", "/usr/bin/continuo",
                             "/usr/local/bin/continuo", "/opt/continuo/bin/continuo" }) do
      local file = path ~= "" and io.open (path)
      if file then
        file:close ()
        return quoted (path)
      end
    end
    return "continuo"
  end

  -- What of the region can be seen, in the words of `continuo clip`: whose bars are counted from the clip's beginning, so that the
  -- clip begins on the bar line before the region. Returns the region's length, and how long after that line it begins.
  local function write_clip (region, file)
    local map, position = Temporal.TempoMap.read (), region:position ()
    local start, length = quarters (region:start ()), quarters (region:length ())
    -- What begins a hair before a bar line is meant to begin on it.
    local near = Temporal.timepos_t.from_ticks (position:ticks () + 19)
    local line = map:quarters_at_bbt (Temporal.BBT_TIME (map:bbt_at (near).bars, 1, 0))
    local lead = math.max (0, quarters (position) - quarters_of_note (line))
    local meter = map:meter_at (near)
    file:write (string.format ("length %s\n", figure (lead + length)))
    file:write (string.format ("tempo %s\n", figure (map:quarters_per_minute_at (position))))
    file:write (string.format ("meter %d %d\n", meter:divisions_per_bar (), meter:note_value ()))
    for note in ARDOUR.LuaAPI.note_list (region:to_midiregion ():midi_source (0):model ()):iter () do
      local at = quarters_of_note (note:time ()) - start
      if at >= 0 and at < length then
        local sounds = math.max (0.001, math.min (quarters_of_note (note:length ()), length - at))
        file:write (string.format ("note %d %d %d %s %s\n", note:channel (), note:note (), math.max (1, note:velocity ()), figure (lead + at), figure (sounds)))
      end
    end
    return length, lead
  end

  -- Counted from the region's beginning: what would sound before it is left out.
  local function read_music (path, lead)
    local music = { parts = {}, notes = {} }
    for line in io.lines (path) do
      local words = {}
      for word in line:gmatch ("%S+") do words[#words + 1] = tonumber (word) or word end
      if words[1] == "part" then
        music.parts[#music.parts + 1] = { channel = words[2], name = words[4] }
      elseif words[1] == "note" then
        local at, ends = math.max (0, words[5] - lead), words[5] + words[6] - lead
        if ends - at > 0.001 then
          music.notes[#music.notes + 1] = { channel = words[2], pitch = words[3], velocity = words[4], at = at, length = ends - at }
        end
      else
        music[words[1]] = words[2] - lead
      end
    end
    return music
  end

  local function beats (n) return Temporal.Beats.from_double (n) end

  -- A region with a source of its own, of which it shows these notes alone: pedals, bends and programs, which no script can take out of
  -- a source, stay in front of where it begins. Ardour puts the notes of a source into its history as well:
  -- this comes before the region is anywhere, so that one undo, of where it stands, takes all of it away.
  local function new_region (like, notes, from, length)
    local region = ARDOUR.RegionFactory.clone_region (like, true, true)
    local model = region:to_midiregion ():midi_source (0):model ()
    local change = model:new_note_diff_command ("Continuo: notes")
    local ends = region:source (0):length ():ticks ()
    for note in ARDOUR.LuaAPI.note_list (model):iter () do
      ends = math.max (ends, math.ceil ((quarters_of_note (note:time ()) + quarters_of_note (note:length ())) * ticks_a_beat))
      change:remove (note)
    end
    -- A locked region would stay as long as the old one, and in the midst of that one's pedals.
    region:set_locked (false)
    region:set_position_locked (false)
    region:set_start (Temporal.timepos_t.from_ticks ((ends // ticks_a_beat + 1) * ticks_a_beat))
    local start = quarters (region:start ())
    for _, note in ipairs (notes) do
      change:add (ARDOUR.LuaAPI.new_noteptr (note.channel, beats (note.at - from + start), beats (note.length), note.pitch, note.velocity))
    end
    model:apply_command (Session, change)
    region:set_length (Temporal.timecnt_t.from_ticks (math.floor (length * ticks_a_beat + 0.5), Temporal.timepos_t.from_ticks (0)))
    return region
  end

  local function new_track (name)
    local one = ARDOUR.ChanCount (ARDOUR.DataType ("midi"), 1)
    local made = Session:new_midi_track (one, one, true, ARDOUR.PluginInfo (), nil, nil, 1, name, ARDOUR.PresentationInfo.max_order,
                                         ARDOUR.TrackMode.Normal, true)
    for track in made:iter () do return track end
  end

  local region = selected_midi_region ()
  if not region then return tell ("Select a MIDI region first.") end
  local wishes = LuaDialog.Dialog ("Continuo", {
    { type = "dropdown", key = "work", title = "What to do", values = { Continue = "continue", Accompany = "accompany", Harmonize = "harmonize" }, default = "Continue" },
    { type = "number", key = "bars", title = "Bars to go on for", min = 1, max = 64, step = 1, digits = 0, default = 8 },
    { type = "entry", key = "with", title = "Who joins in (accompany)", default = "bass,drums" },
    { type = "entry", key = "style", title = "Style (or empty)", default = "" },
  }):run ()
  if not wishes then return end

  local base = os.tmpname ()
  local files = { clip = base .. ".clip", music = base .. ".music", said = base .. ".said" }
  local function clean ()
    os.remove (base)
    for _, path in pairs (files) do os.remove (path) end
  end
  local clip = assert (io.open (files.clip, "w"))
  local length, lead = write_clip (region, clip)
  clip:close ()
  local options = ""
  if wishes.work == "continue" then options = " --bars " .. math.floor (wishes.bars) end
  if wishes.work == "accompany" then options = " --with " .. quoted (wishes.with) end
  if wishes.style ~= "" and wishes.work ~= "harmonize" then options = options .. " --style " .. quoted (wishes.style) end
  -- Ardour's own libraries are none of Java's.
  os.execute ("env -u LD_LIBRARY_PATH " .. program () .. " clip " .. wishes.work .. " " .. quoted (files.clip) .. " -o " .. quoted (files.music)
              .. (options ~= "" and " --" .. options or "") .. " >/dev/null 2>" .. quoted (files.said))
  local result = io.open (files.music)
  if not result then
    local said = io.open (files.said)
    local why = said and said:read ("l") or nil
    if said then said:close () end
    clean ()
    return tell (why or "continuo is not found; install it, or name it in the variable CONTINUO.")
  end
  result:close ()
  local music = read_music (files.music, lead)
  clean ()
  if #music.notes == 0 then return tell ("Nothing came to it; try again.") end

  -- Everything that a place is needed for, then all the places at once.
  local begin = quarters (region:position ())
  local places = {}
  if wishes.work == "continue" then
    places[1] = { playlist = track_of (region):playlist (), at = begin + length,
                  region = new_region (region, music.notes, music.from, music["until"] - music.from) }
  else
    for _, part in ipairs (music.parts) do
      local notes = {}
      for _, note in ipairs (music.notes) do
        if note.channel == part.channel then notes[#notes + 1] = note end
      end
      if #notes > 0 then
        places[#places + 1] = { playlist = new_track (part.name):playlist (), at = begin,
                                region = new_region (region, notes, 0, music["until"]) }
      end
    end
  end
  Session:begin_reversible_command ("Continuo: " .. wishes.work)
  for _, place in ipairs (places) do
    place.playlist:to_stateful ():clear_changes ()
    place.playlist:add_region (place.region, Temporal.timepos_t.from_ticks (math.floor (place.at * ticks_a_beat + 0.5)), 1, false)
    Session:add_stateful_diff_command (place.playlist:to_statefuldestructible ())
  end
  if not Session:abort_empty_reversible_command () then Session:commit_reversible_command (nil) end
end end
