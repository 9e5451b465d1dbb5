package main

import (
	"bytes"
	"testing"

	"example.com/bearing"
)

func printed(arguments ...string) (string, int) {
	var out, complaints bytes.Buffer
	code := run(arguments, &out, &complaints)
	return out.String(), code
}

func TestItPrintsALineForEachBearing(t *testing.T) {
	if got, _ := printed("200", "-90"); got != "200° (SSW), back 20° (NNE)\n270° (W), back 90° (E)\n" {
		t.Errorf("found %q", got)
	}
}

func TestItPrintsOneJSONObjectALine(t *testing.T) {
	if got, _ := printed("--json", "0"); got != `{"bearing":0,"point":"N","back":180,"back-point":"S"}`+"\n" {
		t.Errorf("found %q", got)
	}
}

func TestItSaysItsVersion(t *testing.T) {
	if got, _ := printed("--version"); got != "bearing "+bearing.Version+"\n" {
		t.Errorf("found %q", got)
	}
}

func TestItRefusesWhatIsNoBearing(t *testing.T) {
	for _, arguments := range [][]string{{}, {"north"}, {"NaN"}, {"Inf"}, {"--json"}} {
		if got, code := printed(arguments...); got != "" || code != 2 {
			t.Errorf("%v: found %q and exit code %d", arguments, got, code)
		}
	}
}
