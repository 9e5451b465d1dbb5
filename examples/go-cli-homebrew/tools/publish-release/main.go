// Command publish-release publishes the GitHub release of RELEASE_TAG with the files of a folder: as a draft first, which
// becomes public once every file is there. What is there already is left as it is, and never replaced.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

type asset struct {
	Name   string `json:"name"`
	Digest string `json:"digest"`
}

type release struct {
	ID        int64   `json:"id"`
	Tag       string  `json:"tag_name"`
	Draft     bool    `json:"draft"`
	UploadURL string  `json:"upload_url"`
	Assets    []asset `json:"assets"`
}

func main() {
	if err := publish(os.Getenv("RELEASE_TAG"), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func publish(tag, folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("expected files in %s, found none", folder)
	}
	if os.Getenv("DRY_RUN") == "true" {
		fmt.Printf("%s would be published with %d files\n", tag, len(files))
		return nil
	}
	base := os.Getenv("GITHUB_API_URL") + "/repos/" + os.Getenv("GITHUB_REPOSITORY") + "/releases"
	found, err := draftOf(base, tag)
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := upload(found, file); err != nil {
			return err
		}
	}
	if !found.Draft {
		return nil
	}
	public := map[string]any{"draft": false}
	return ask("PATCH", fmt.Sprintf("%s/%d", base, found.ID), public, &release{})
}

// draftOf finds the release of a tag, or begins one.
func draftOf(base, tag string) (*release, error) {
	var all []release
	if err := ask("GET", base+"?per_page=100", nil, &all); err != nil {
		return nil, err
	}
	for _, one := range all {
		if one.Tag == tag {
			return &one, nil
		}
	}
	var made release
	wanted := map[string]any{"tag_name": tag, "name": tag, "body": "See CHANGELOG.md.", "draft": true}
	return &made, ask("POST", base, wanted, &made)
}

func upload(to *release, file string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	name, digest := filepath.Base(file), fmt.Sprintf("sha256:%x", sha256.Sum256(content))
	for _, one := range to.Assets {
		if one.Name == name && one.Digest == digest {
			return nil
		}
		if one.Name == name {
			return fmt.Errorf("expected %s with %s, found %s", name, digest, one.Digest)
		}
	}
	address := strings.SplitN(to.UploadURL, "{", 2)[0] + "?name=" + url.QueryEscape(name)
	return send("POST", address, "application/octet-stream", content, &asset{})
}

func ask(method, address string, body, answer any) error {
	if body == nil {
		return send(method, address, "", nil, answer)
	}
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return send(method, address, "application/json", text, answer)
}

func send(method, address, kind string, body []byte, answer any) error {
	request, err := http.NewRequest(method, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("GITHUB_TOKEN"))
	request.Header.Set("Accept", "application/vnd.github+json")
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode >= 300 {
		return fmt.Errorf("%s %s answered %s: %s", method, address, response.Status, text)
	}
	return json.Unmarshal(text, answer)
}
