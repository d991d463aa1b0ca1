-- A cargo bicycle: as the road engine's own.
local bicycle = require('bicycle_base')
local speeds = require('speeds')

return speeds.noting(bicycle, bicycle.setup)
