package bearing

import "testing"

func TestEveryBearingComesBackBetweenNothingAndAFullCircle(t *testing.T) {
	for given, want := range map[float64]float64{0: 0, 359.5: 359.5, 360: 0, 725: 5} {
		if got := Normal(given); got != want {
			t.Errorf("Normal(%v) = %v, want %v", given, got, want)
		}
	}
}

func TestTheBackBearingPointsTheOtherWay(t *testing.T) {
	for given, want := range map[float64]float64{0: 180, 200: 20, 350: 170} {
		if got := Back(given); got != want {
			t.Errorf("Back(%v) = %v, want %v", given, got, want)
		}
	}
}

func TestABearingIsNamedByTheNearestPoint(t *testing.T) {
	for given, want := range map[float64]string{0: "N", 44: "NE", 180: "S", 349: "N", 348: "NNW"} {
		if got := Point(given); got != want {
			t.Errorf("Point(%v) = %v, want %v", given, got, want)
		}
	}
}
