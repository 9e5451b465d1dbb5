// Command bearing prints the back bearing of each bearing that is given in degrees.
package main

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"example.com/bearing"
)

const usage = "usage: bearing [--json] <degrees>... | --version"

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(arguments []string, out, complaints io.Writer) int {
	if len(arguments) == 1 && arguments[0] == "--version" {
		fmt.Fprintf(out, "bearing %s\n", bearing.Version)
		return 0
	}
	form := "%g° (%s), back %g° (%s)\n"
	if len(arguments) > 0 && arguments[0] == "--json" {
		form = `{"bearing":%g,"point":"%s","back":%g,"back-point":"%s"}` + "\n"
		arguments = arguments[1:]
	}
	text, ok := lines(arguments, form)
	if !ok {
		fmt.Fprintln(complaints, usage)
		return 2
	}
	fmt.Fprint(out, text)
	return 0
}

func lines(arguments []string, form string) (string, bool) {
	text := ""
	for _, argument := range arguments {
		degrees, err := strconv.ParseFloat(argument, 64)
		if err != nil || degrees != degrees || degrees-degrees != 0 {
			return "", false
		}
		there, back := bearing.Normal(degrees), bearing.Back(degrees)
		text += fmt.Sprintf(form, there, bearing.Point(there), back, bearing.Point(back))
	}
	return text, len(arguments) > 0
}
