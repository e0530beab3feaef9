// Reads a compose file as docker compose does, checks it for consistency, and prints its normal form.
//
// compose-go's own command stops earlier: as of 2.16.2 it neither reads the environment nor notices a service
// that waits for one that is not there. `go build -o ../../../.cache/bin/compose-check .` makes this one.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	if err := check(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(paths []string) error {
	options, err := cli.NewProjectOptions(paths, cli.WithOsEnv, cli.WithProfiles([]string{"*"}))
	if err != nil {
		return err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return err
	}
	normal, err := project.MarshalYAML()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(normal)
	return err
}
