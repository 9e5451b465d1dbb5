// Package bearing reckons with compass bearings in degrees.
package bearing

import "math"

var points = [...]string{
	"N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
	"S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW",
}

// Normal returns the same bearing from 0 up to, and without, 360 degrees.
func Normal(degrees float64) float64 {
	return math.Mod(degrees, 360)
}

// Back returns the bearing in the opposite direction.
func Back(degrees float64) float64 {
	return Normal(degrees + 180)
}

// Point names the nearest of the sixteen points of the compass.
func Point(degrees float64) string {
	return points[int(math.Round(Normal(degrees)/22.5))%len(points)]
}
