/** A configuration under a path of its own, for the questions about a changelog. */
export interface ChangelogConfiguration {
  path: string;
  text: string;
  needs: string;
}

/** Path of the configuration for a changelog under a name. */
export const configurationFor = (file: string) => `.github/seaworthy-${file.replace(".", "-")}.yml`;

const dated = (file: string, links: "required" | "optional"): ChangelogConfiguration => ({
  path: configurationFor(file),
  needs: file,
  text: `version:
  sources:
    - kind: python
  first-release: true
changelog:
  format: dated-sections
  file: ${file}
  links: ${links}
  issues-url: https://github.com/littlebearapps/untether/issues/
  date-rule: release-day
`,
});

/** Configurations by history: the rules that each project says it follows, and no links where the question asks for none. */
export const changelogConfigurations: Record<string, ChangelogConfiguration[]> = {
  plasmite: [
    {
      path: configurationFor("CHANGELOG.md"),
      needs: "CHANGELOG.md",
      text: `version:
  sources:
    - kind: python
      file: bindings/python/pyproject.toml
  first-release: true
changelog:
  date-rule: release-day
`,
    },
  ],
  untether: [dated("CHANGELOG.md", "required"), dated("changelog.md", "optional")],
};
