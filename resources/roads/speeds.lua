-- Writes down how fast each way is driven, so that other speeds (rush hours, closures, snow) can be made from it
-- without reading the map again. There is one Lua state for each thread of osrm-extract, so one file for each.
-- A line: way, speed forward and backward in km/h, rate forward and backward in m/s.
local file

local function note(way, result)
  if result.forward_speed <= 0 and result.backward_speed <= 0 then return end
  if not file then
    file = io.open('speeds-' .. tostring({}):gsub('[^%w]', '') .. '.tsv', 'w')
    file:setvbuf('full')
  end
  local forward = result.forward_mode ~= mode.inaccessible
  local backward = result.backward_mode ~= mode.inaccessible
  file:write(
    way:id(),
    '\t', forward and result.forward_speed or 0,
    '\t', backward and result.backward_speed or 0,
    '\t', forward and result.forward_rate or 0,
    '\t', backward and result.backward_rate or 0,
    '\n'
  )
end

-- `profile` with its ways noted.
local function noting(profile, setup)
  local process = profile.process_way
  return {
    setup = setup,
    process_way = function(settings, way, result, relations)
      process(settings, way, result, relations)
      note(way, result)
    end,
    process_node = profile.process_node,
    process_turn = profile.process_turn,
  }
end

return { noting = noting }
