-- A lorry of 18 t. Signs for heavy vehicles come before those for all vehicles; it may enter what is open for
-- deliveries. Heights, widths, weights and lengths of ways are read by the profile for cars.
local car = require('car')
local speeds = require('speeds')

local function setup()
  local profile = car.setup()
  for _, tag in ipairs({ 'delivery', 'destination', 'private', 'customers', 'residents' }) do
    profile.access_tag_blacklist[tag] = nil
    profile.service_access_tag_blacklist[tag] = nil
  end
  profile.access_tag_whitelist['hgv'] = true
  profile.access_tags_hierarchy = Sequence { 'hgv', 'goods', 'motorcar', 'motor_vehicle', 'vehicle', 'access' }
  profile.restrictions = Sequence { 'hgv', 'goods', 'motorcar', 'motor_vehicle', 'vehicle' }
  profile.vehicle_height = 4.0
  profile.vehicle_width = 2.55
  profile.vehicle_length = 12.0
  profile.vehicle_weight = 18000
  profile.vehicle_max_speed = 80
  return profile
end

return speeds.noting(car, setup)
