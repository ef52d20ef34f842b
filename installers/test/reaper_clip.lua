-- A fake of the functions of REAPER that daw/reaper/continuo.lua calls, as its documentation describes them, and a project with a
-- MIDI item of four bars in three quarters at 100 BPM. Runs the script, then undoes once. Says lines of JSON.
-- Told by environment: SCRIPT, WORK; AT, the beat that the item begins at, unless on the second bar line; LOOP, after how many
-- quarters its source begins anew (ONCE: or ends); OFFSET, how many quarters of the source lie before the item; RATE, how fast it
-- plays; SECONDS: the source tells its length in seconds; COMMA, a locale to run the script in; SYSTEM, its system.
local tempo, ppq = 100, 960
local project = { tracks = {}, undo = {}, block = nil }
local function number (name, otherwise) return tonumber (os.getenv (name) or otherwise) end
local rate, offset = number ("RATE", 1), number ("OFFSET", 0)
local function second (quarter) return quarter * 60 / tempo end
local function quarter (time) return time * tempo / 60 end
local function new_track (name) project.tracks[#project.tracks + 1] = { name = name, items = {} } return project.tracks[#project.tracks] end
local function new_item (track, begin, finish)
  local item = { track = track, begin = begin, finish = finish, notes = {} }
  item.take = { item = item }
  track.items[#track.items + 1] = item
  return item
end
local function snapshot ()
  local copy = {}
  for _, track in ipairs (project.tracks) do
    local t = { name = track.name, items = {} }
    for _, item in ipairs (track.items) do t.items[#t.items + 1] = item end
    copy[#copy + 1] = t
  end
  return copy
end
local outside = 0 -- changes that no undo block holds
local function change () if not project.block then outside = outside + 1 end end

local tune = new_track ("tune")
local begin = number ("AT", 3)
local selected = new_item (tune, begin, begin + 12)
for i, pitch in ipairs ({ 60, 64, 67, 65, 62, 59, 60, 64, 67, 72, 67, 64 }) do
  selected.notes[i] = { from = (i - 1) * ppq, to = (i - 1) * ppq + 864, channel = 0, pitch = pitch, velocity = 90 }
end
if os.getenv ("LOOP") then
  -- Three notes, of which the last would sound beyond the source's end, where there is a fourth.
  selected.notes[3].to = 6 * ppq
  selected.notes[4].from, selected.notes[4].to = number ("LOOP") * ppq, (number ("LOOP") + 1) * ppq
  for i = 5, 12 do selected.notes[i] = nil end
end
selected.notes[#selected.notes + 1] = { from = 0, to = ppq, channel = 0, pitch = 30, velocity = 90, muted = true }

local said
reaper = {
  ShowMessageBox = function (text) said = text return 1 end,
  GetOS = function () return os.getenv ("SYSTEM") or "Other" end,
  TimeMap2_timeToQN = function (_, time) return quarter (time) end,
  TimeMap2_QNToTime = function (_, at) return second (at) end,
  TimeMap_QNToMeasures = function (_, at) return at // 3 + 1, at // 3 * 3, at // 3 * 3 + 3 end,
  TimeMap_GetTimeSigAtTime = function () return 3, 4, tempo end,
  MIDI_CountEvts = function (take) return true, #take.item.notes, 0, 0 end,
  MIDI_GetNote = function (take, i)
    local n = take.item.notes[i + 1]
    return true, false, n.muted or false, n.from, n.to, n.channel, n.pitch, n.velocity
  end,
  MIDI_GetProjQNFromPPQPos = function (take, at) return take.item.begin - (take.item == selected and offset or 0) + at / ppq / rate end,
  GetMediaItemTake_Source = function (take) return take end,
  GetMediaSourceLength = function (take)
    assert (take.item == selected)
    local length = number ("LOOP", 12)
    if os.getenv ("SECONDS") then return second (length), false end
    return length, true
  end,
  GetMediaItemTakeInfo_Value = function (_, name) assert (name == "D_PLAYRATE") return rate end,
  MIDI_GetPPQPosFromProjQN = function (take, at) return (at - take.item.begin) * ppq end,
  CreateNewMIDIItemInProj = function (track, begin, finish, in_quarters)
    assert (in_quarters == true)
    change ()
    return new_item (track, begin, finish)
  end,
  GetActiveTake = function (item) return item.take end,
  TakeIsMIDI = function () return true end,
  MIDI_InsertNote = function (take, _, _, from, to, channel, pitch, velocity, unsorted)
    assert (from >= 0 and to > from and unsorted)
    assert (math.type (channel) == "integer" and math.type (pitch) == "integer" and math.type (velocity) == "integer")
    change ()
    take.item.notes[#take.item.notes + 1] = { from = from, to = to, channel = channel, pitch = pitch, velocity = velocity }
    return true
  end,
  MIDI_Sort = function (take) table.sort (take.item.notes, function (a, b) return a.from < b.from end) end,
  GetSelectedMediaItem = function (_, i) return i == 0 and selected or nil end,
  GetUserInputs = function (_, count, captions)
    assert (count == 4 and captions:find ("separator=;", 1, true))
    return true, os.getenv ("WORK") .. ";4;bass,drums;"
  end,
  GetMediaItemInfo_Value = function (item, name)
    if name == "B_LOOPSRC" then return os.getenv ("ONCE") and 0 or 1 end
    return name == "D_POSITION" and second (item.begin) or second (item.finish - item.begin)
  end,
  GetMediaItem_Track = function (item) return item.track end,
  InsertTrackAtIndex = function (index) assert (index == #project.tracks) change () new_track ("") end,
  CountTracks = function () return #project.tracks end,
  GetTrack = function (_, i) return project.tracks[i + 1] end,
  GetSetMediaTrackInfo_String = function (track, name, text, set) assert (name == "P_NAME" and set) track.name = text return true, text end,
  Undo_BeginBlock2 = function () assert (not project.block) project.block = snapshot () end,
  Undo_EndBlock2 = function (_, name, flags)
    assert (flags == -1)
    project.undo[#project.undo + 1] = { name = name, before = project.block }
    project.block = nil
  end,
  PreventUIRefresh = function () end,
  UpdateArrange = function () end,
}

local function items (when)
  local count, list = 0, {}
  for _, track in ipairs (project.tracks) do
    for _, item in ipairs (track.items) do
      count = count + 1
      local notes = {}
      for _, n in ipairs (item.notes) do
        notes[#notes + 1] = string.format ("[%d, %g, %g]", n.pitch, item.begin + n.from / ppq, (n.to - n.from) / ppq)
      end
      list[#list + 1] = string.format ('{"track": "%s", "at": %g, "length": %g, "notes": [%s]}', track.name, item.begin,
                                       item.finish - item.begin, table.concat (notes, ", "))
    end
  end
  print (string.format ('SAID {"%s": {"count": %d, "items": [%s]}}', when, count, table.concat (list, ", ")))
end

items ("before")
-- As cmd.exe does; the shell here takes words in quotes the same way.
local execute = os.execute
os.execute = function (call)
  if os.getenv ("SYSTEM") then call = assert (call:match ('^"(.*)"$'), "no quotes to take away") end
  return execute (call)
end
local comma = os.getenv ("COMMA")
if comma then assert (os.setlocale (comma, "numeric")) end
assert (loadfile (os.getenv ("SCRIPT"))) ()
os.setlocale ("C", "numeric")
items ("after")
print ('SAID {"blocks": ' .. #project.undo .. ', "outside": ' .. outside .. "}")
if #project.undo > 0 then project.tracks = project.undo[#project.undo].before end
items ("undone")
if said then print ('SAID {"told": "' .. said:gsub ('"', "'") .. '"}') end
