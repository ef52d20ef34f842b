-- Continuo: go on from the selected MIDI item, in REAPER. Actions > Show action list > New action > Load ReaScript.
-- Never run in REAPER: tested against a fake of the functions that it calls (installers/test/reaper-clip). What each is said to do
-- is quoted from REAPER's ReaScript documentation ("ReaScript: API Functions").
--
-- Continues, accompanies or harmonizes the first selected item. What is played on stands in an item right after it, on the same
-- track; parts beside it get a track each. One undo takes all of it away.
local reaper = reaper

-- "ShowMessageBox(msg, title, type): type 0=OK"
local function tell (text) reaper.ShowMessageBox (text, "Continuo", 0) end

local windows = reaper.GetOS ():match ("^Win") ~= nil -- "GetOS(): Returns Win32, Win64, OSX32, OSX64, macOS-arm64, or Other"

-- Where a country writes a decimal comma, so may Lua; the program reads none.
local function figure (x) return (string.format ("%.6f", x):gsub (",", ".")) end

local function quoted (text)
  if windows then return '"' .. text:gsub ('"', "") .. '"' end
  return "'" .. text:gsub ("'", "'\\''") .. "'"
end

-- The program, which need not be where a desktop looks.
local function program ()
  local home = os.getenv ("HOME") or ""
  local places = { os.getenv ("CONTINUO") or "" }
  if windows then
    for _, folder in ipairs ({ os.getenv ("LOCALAPPDATA") or "", os.getenv ("ProgramFiles") or "" }) do
      places[#places + 1] = folder .. "\\Continuo\\Continuo.exe"
      places[#places + 1] = folder .. "\\Continuo\\continuo.cmd"
    end
  else
    places[2], places[3], places[4] = home .. "/.local/bin/continuo", "/usr/bin/continuo", "/usr/local/bin/continuo"
  end
  for _, path in ipairs (places) do
    local file = path ~= "" and io.open (path)
    if file then
      file:close ()
      return quoted (path)
    end
  end
  return "continuo"
end

-- "TimeMap2_timeToQN(proj, tpos): converts project time position to project QN position", "TimeMap2_QNToTime" back.
local function quarter_at (time) return reaper.TimeMap2_timeToQN (0, time) end
local function time_at (quarter) return reaper.TimeMap2_QNToTime (0, quarter) end

-- Quarter notes from the bar line to an item's beginning. What begins a hair before a bar line is meant to begin on it.
local function since_bar_line (begin)
  -- "TimeMap_QNToMeasures(proj, qn): Find which measure the given QN position falls in": its number, where it starts, where it ends.
  local _, line = reaper.TimeMap_QNToMeasures (0, begin + 0.01)
  return math.max (0, begin - line)
end

-- Where the item's source begins, and how long it is where it sounds again and again until the item ends; nil where it sounds once.
local function source_of (item, take)
  -- "MIDI_GetProjQNFromPPQPos(take, ppqpos): Returns the project time in quarter notes corresponding to a specific MIDI tick
  -- (ppq) position."
  local from = reaper.MIDI_GetProjQNFromPPQPos (take, 0)
  -- "GetMediaItemInfo_Value: B_LOOPSRC : loop source"
  if reaper.GetMediaItemInfo_Value (item, "B_LOOPSRC") ~= 1 then return from, nil end
  -- "GetMediaItemTake_Source(take)"; "GetMediaSourceLength(source): retval, lengthIsQN: ... If the media source is beat-based, the
  -- length will be in quarter notes, otherwise it will be in seconds."
  local length, in_quarters = reaper.GetMediaSourceLength (reaper.GetMediaItemTake_Source (take))
  -- "GetMediaItemTakeInfo_Value(take, parmname): D_PLAYRATE : take playback rate, 1=normal, 2=double speed"
  length = length / reaper.GetMediaItemTakeInfo_Value (take, "D_PLAYRATE")
  if not in_quarters then length = quarter_at (time_at (from) + length) - from end
  return from, length > 0.01 and length or nil
end

-- The notes that can be seen of an item, in the words of `continuo clip`: whose bars are counted from the clip's beginning, so that
-- the clip begins on the bar line before the item, by `lead`.
local function write_clip (item, take, begin, finish, lead, file)
  -- "TimeMap_GetTimeSigAtTime(proj, time): get the effective time signature and tempo". Which note its tempo counts is not said:
  -- the quarters of a hundredth of a second tell it.
  local time = time_at (begin)
  local numerator, denominator = reaper.TimeMap_GetTimeSigAtTime (0, time_at (begin + 0.01))
  local tempo = (quarter_at (time + 0.01) - begin) * 6000
  file:write (string.format ("length %s\ntempo %s\nmeter %d %d\n", figure (lead + finish - begin), figure (tempo), numerator, denominator))
  local source, loop = source_of (item, take)
  -- "MIDI_CountEvts(take): Count all notes, CC events, and text/sysex events in a given MIDI item."
  local _, notes = reaper.MIDI_CountEvts (take)
  for i = 0, notes - 1 do
    -- "MIDI_GetNote(take, noteidx): retval, selected, muted, startppqpos, endppqpos, chan, pitch, vel"
    local _, _, muted, from, to, channel, pitch, velocity = reaper.MIDI_GetNote (take, i)
    local at, ends = reaper.MIDI_GetProjQNFromPPQPos (take, from), reaper.MIDI_GetProjQNFromPPQPos (take, to)
    local again = 0
    if loop then
      -- What begins after the source's end never sounds.
      muted = muted or at >= source + loop - 1e-6
      ends = math.min (ends, source + loop)
      -- The first time that it begins within the item, whose beginning may be later in the source.
      local rounds = math.ceil ((begin - 1e-6 - at) / loop)
      at, ends, again = at + rounds * loop, ends + rounds * loop, loop
    end
    while not muted and at >= begin - 1e-6 and at < finish - 1e-6 do
      local sounds = math.max (0.001, math.min (ends, finish) - at)
      file:write (string.format ("note %d %d %d %s %s\n", channel, pitch, velocity, figure (lead + math.max (0, at - begin)), figure (sounds)))
      if again == 0 then break end
      at, ends = at + again, ends + again
    end
  end
end

-- Counted from the item's beginning: what would sound before it is left out.
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

-- An item with these notes, from `begin` on; the notes count from `zero`. All positions in quarter notes of the project.
local function new_item (track, begin, finish, zero, notes)
  -- "CreateNewMIDIItemInProj(track, starttime, endtime, optional qnIn): Create a new MIDI media item containing no MIDI events.
  -- Time is in seconds unless qn is set."
  local item = reaper.CreateNewMIDIItemInProj (track, begin, finish, true)
  -- "GetActiveTake(item): get the active take in this item"
  local take = reaper.GetActiveTake (item)
  for _, note in ipairs (notes) do
    -- "MIDI_GetPPQPosFromProjQN(take, projqn)"; "MIDI_InsertNote(take, selected, muted, startppqpos, endppqpos, chan, pitch, vel,
    -- noSortIn): Insert a new MIDI note. Set noSort if inserting multiple events, then call MIDI_Sort when done."
    local from = reaper.MIDI_GetPPQPosFromProjQN (take, zero + note.at)
    local to = reaper.MIDI_GetPPQPosFromProjQN (take, zero + note.at + note.length)
    reaper.MIDI_InsertNote (take, false, false, from, to, note.channel, note.pitch, note.velocity, true)
  end
  reaper.MIDI_Sort (take)
end

local function main ()
  -- "GetSelectedMediaItem(proj, selitem): Get a selected item by selected item count (zero-based)."
  local item = reaper.GetSelectedMediaItem (0, 0)
  local take = item and reaper.GetActiveTake (item)
  -- "TakeIsMIDI(take): Returns true if the active take contains MIDI."
  if not take or not reaper.TakeIsMIDI (take) then return tell ("Select a MIDI item first.") end
  -- "GetUserInputs(title, num_inputs, captions_csv, retvals_csv): Get values from the user. ... separator=X"
  local good, answer = reaper.GetUserInputs ("Continuo", 4, "continue/accompany/harmonize,bars to go on for,who joins in (accompany),style or empty,separator=;",
                                             "continue;8;bass,drums;")
  if not good then return end
  local work, bars, with, style = answer:match ("^([^;]*);([^;]*);([^;]*);(.*)$")
  if work ~= "continue" and work ~= "accompany" and work ~= "harmonize" then return tell ("'" .. tostring (work) .. "' is none of continue, accompany, harmonize.") end

  -- "GetMediaItemInfo_Value(item, parmname): D_POSITION : item position in seconds; D_LENGTH : item length in seconds"
  local position, length = reaper.GetMediaItemInfo_Value (item, "D_POSITION"), reaper.GetMediaItemInfo_Value (item, "D_LENGTH")
  local begin, finish = quarter_at (position), quarter_at (position + length)
  local base = os.tmpname ()
  if windows and base:sub (1, 1) == "\\" then base = (os.getenv ("TEMP") or ".") .. base end
  local paths = { clip = base .. ".clip", music = base .. ".music", said = base .. ".said" }
  local function clean ()
    os.remove (base)
    for _, path in pairs (paths) do os.remove (path) end
  end
  local clip = assert (io.open (paths.clip, "w"))
  local lead = since_bar_line (begin)
  write_clip (item, take, begin, finish, lead, clip)
  clip:close ()
  local options = ""
  if work == "continue" then options = " --bars " .. (tonumber (bars) and math.floor (tonumber (bars)) or 8) end
  if work == "accompany" then options = " --with " .. quoted (with) end
  if style ~= "" and work ~= "harmonize" then options = options .. " --style " .. quoted (style) end
  local call = program () .. " clip " .. work .. " " .. quoted (paths.clip) .. " -o " .. quoted (paths.music) .. (options ~= "" and " --" .. options or "")
               .. " 2>" .. quoted (paths.said)
  -- cmd.exe takes the outermost quotes away.
  os.execute (windows and '"' .. call .. '"' or call)
  local result = io.open (paths.music)
  if not result then
    local said = io.open (paths.said)
    local why = said and said:read ("l") or nil
    if said then said:close () end
    clean ()
    return tell (why or "continuo is not found; install it, or name it in the variable CONTINUO.")
  end
  result:close ()
  local music = read_music (paths.music, lead)
  clean ()
  if #music.notes == 0 then return tell ("Nothing came to it; try again.") end

  -- "Undo_BeginBlock2(proj): call to start a new block"; "Undo_EndBlock2(proj, descchange, extraflags): ... -1 to add all changes"
  reaper.Undo_BeginBlock2 (0)
  -- "PreventUIRefresh(prevent_count): adding prevents, subtracting allows"
  reaper.PreventUIRefresh (1)
  if work == "continue" then
    -- "GetMediaItem_Track(item): Get parent track of media item"
    new_item (reaper.GetMediaItem_Track (item), begin + music.from, begin + music["until"], begin, music.notes)
  else
    for _, part in ipairs (music.parts) do
      local notes = {}
      for _, note in ipairs (music.notes) do
        if note.channel == part.channel then notes[#notes + 1] = note end
      end
      if #notes > 0 then
        -- "InsertTrackAtIndex(idx, wantDefaults): inserts a track at idx"; "CountTracks(proj)"; "GetTrack(proj, trackidx)";
        -- "GetSetMediaTrackInfo_String(tr, parmname, stringNeedBig, setNewValue): P_NAME : track name"
        local index = reaper.CountTracks (0)
        reaper.InsertTrackAtIndex (index, true)
        local track = reaper.GetTrack (0, index)
        reaper.GetSetMediaTrackInfo_String (track, "P_NAME", part.name, true)
        new_item (track, begin, begin + music["until"], begin, notes)
      end
    end
  end
  reaper.PreventUIRefresh (-1)
  -- "UpdateArrange(): Redraw the arrange view"
  reaper.UpdateArrange ()
  reaper.Undo_EndBlock2 (0, "Continuo: " .. work, -1)
end

main ()
