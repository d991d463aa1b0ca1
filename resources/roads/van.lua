-- A delivery van of 3.5 t. It drives where a car does, and may enter what is open for deliveries, customers and
-- residents only; those stay on the list of restricted access, which keeps through traffic out of them.
local car = require('car')
local speeds = require('speeds')

local function setup()
  local profile = car.setup()
  for _, tag in ipairs({ 'delivery', 'destination', 'private', 'customers', 'residents' }) do
    profile.access_tag_blacklist[tag] = nil
    profile.service_access_tag_blacklist[tag] = nil
  end
  profile.vehicle_height = 2.9
  profile.vehicle_width = 2.1
  profile.vehicle_length = 7.0
  profile.vehicle_weight = 3500
  return profile
end

return speeds.noting(car, setup)
