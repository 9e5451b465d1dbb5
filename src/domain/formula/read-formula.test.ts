import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brewPlatform, brewPlatforms } from "#src/domain/formula/brew-platform";
import { FormulaError } from "#src/domain/formula/formula-error";
import { formulaOn } from "#src/domain/formula/formula-on";
import { readFormula } from "#src/domain/formula/read-formula";

const inClass = (body: string) => `class TideTable < Formula\n${body}\nend\n`;
const read = (source: string) => {
  const formula = readFormula(source);
  return brewPlatforms.map((platform) => {
    const { version, url, sha256 } = formulaOn(formula, platform);
    return [version?.text, url?.text, sha256?.text].map((text) => text ?? "-").join(" ");
  });
};
const complaint = (source: string) => {
  try {
    read(source);
    return "read";
  } catch (thrown) {
    return thrown instanceof FormulaError ? thrown.message : thrown;
  }
};

/** As release tools write them: conditions nested in blocks, code around, comments. */
const whole = `# typed: false
# frozen_string_literal: true

# Written by a machine; "url" here is no statement.
class TideTable < Formula
  desc "Prints the tides of a day" # one line
  homepage "https://tide.example"
  version "1.1.0"
  license any_of: [
    "MIT",
    "Apache-2.0",
  ]

  livecheck do
    url :stable
    regex(/v?(\\d+)/i)
  end

  on_macos do
    if Hardware::CPU.intel?
      url "https://tide.example/v#{version}/tide_darwin_amd64.tar.gz",
          verified: "tide.example/"
      sha256 "aa"

      def install
        bin.install "tide"
      end
    elsif Hardware::CPU.arm?
      url 'https://tide.example/darwin_arm64'
      sha256 "bb"
    end
  end

  on_linux do
    on_intel do
      url "https://tide.example/linux_\\"amd64\\""
      sha256 "cc"
    end
    if Hardware::CPU.arm? && !OS.mac? && Hardware::CPU.is_64_bit?
      url "https://tide.example/linux_arm64"
      sha256 "dd"
    end
  end

  resource "data" do
    url "https://tide.example/data"
    sha256 "ee"
  end

  def caveats
    <<~EOS
  end
  url "https://tide.example/in-a-text"
    EOS
  end

  def install
    if OS.mac?
      bin.install "tide"
    end
  end # of install

  test do
    system "#{bin}/tide", "--version"
    assert_match(<<~TEXT, shell_output("tide"))
      no end here
    TEXT
  end
end
`;

describe("a formula", () => {
  it("PUB-20: says for each machine what is downloaded there, past all that is of no interest", () => {
    expect(read(whole)).toEqual([
      "1.1.0 https://tide.example/darwin_arm64 bb",
      "1.1.0 https://tide.example/v1.1.0/tide_darwin_amd64.tar.gz aa",
      "1.1.0 https://tide.example/linux_arm64 dd",
      '1.1.0 https://tide.example/linux_"amd64" cc',
    ]);
    expect(readFormula(whole).name).toBe("TideTable");
  });

  it("PUB-20: is read as a release tool for Rust writes it, with a table of further names of its programs", () => {
    const formula = inClass(`  version "1.1.0"
  if OS.mac?
    if Hardware::CPU.arm?
      url "https://tide.example/tide-aarch64-apple-darwin.tar.xz"
    end
  end
  if OS.linux? && Hardware::CPU.intel?
    url "https://tide.example/tide-x86_64-unknown-linux-gnu.tar.xz"
  end
  license any_of: ["MIT", "Apache-2.0"]

  BINARY_ALIASES = {
    "aarch64-apple-darwin":     {},
    "x86_64-unknown-linux-gnu": { "tide": ["tides"] },
  }.freeze

  def target_triple
    cpu = Hardware::CPU.arm? ? "aarch64" : "x86_64"

    "#{cpu}-#{OS.mac? ? "apple-darwin" : "unknown-linux-gnu"}"
  end

  def install_binary_aliases!
    BINARY_ALIASES[target_triple.to_sym].each { |source, dests| bin.install_symlink bin/source => dests }
  end

  def install
    bin.install "tide"
    install_binary_aliases!

    # Homebrew will automatically install these, so we don't need to do that
    doc_files = Dir["README.*", "LICENSE"]
  end`);
    expect(read(formula).map((text) => text.split(" ")[1])).toEqual([
      "https://tide.example/tide-aarch64-apple-darwin.tar.xz",
      "-",
      "-",
      "https://tide.example/tide-x86_64-unknown-linux-gnu.tar.xz",
    ]);
  });

  it("tells where each text stands, so that it can be corrected in place", () => {
    const { settings } = readFormula(whole);
    const literals = settings.map(({ value }) => whole.slice(value.start, value.end));
    expect(literals.slice(0, 3)).toEqual([
      '"1.1.0"',
      '"https://tide.example/v#{version}/tide_darwin_amd64.tar.gz"',
      '"aa"',
    ]);
  });

  it.each([
    ["if OS.mac?\n url 'a'\nelse\n url 'b'\nend", ["a", "a", "b", "b"]],
    [
      "if OS.mac? && Hardware::CPU.arm?\n url 'a'\nelsif OS.linux?\n url 'b'\nelse\n url 'c'\nend",
      ["a", "c", "b", "b"],
    ],
    ["if !(OS.mac? || Hardware::CPU.arm?)\n url 'a'\nend", ["-", "-", "-", "a"]],
    ["on_arm do\n on_linux do\n  url 'a'\n end\nend", ["-", "-", "a", "-"]],
    ["stable do\n url 'a'\nend", ["a", "a", "a", "a"]],
  ])("PUB-20: counts %j where its conditions hold", (body, urls) => {
    expect(read(inClass(body)).map((text) => text.split(" ")[1])).toEqual(urls);
  });

  it("keeps its places with line ends of another system", () => {
    const [setting] = readFormula(inClass("  # one\n  version '1.0'").replaceAll("\n", "\r\n")).settings;
    expect(setting?.value.start).toBe("class TideTable < Formula\r\n  # one\r\n  version ".length);
  });

  it("may be followed by its patch", () => {
    expect(complaint(`${inClass("  url 'a'")}\n__END__\ndiff --git a b\n`)).toBe("read");
  });

  it.each([
    'depends_on "x" => [:build, :test]',
    'depends_on "x" if OS.mac?',
    'depends_on "x" unless MacOS.version >= :ventura',
    "depends_on macos: :ventura",
    'uses_from_macos "curl", since: :ventura',
    'head "https://tide.example/tide.git", branch: "main"',
    'license all_of: ["MIT", { "GPL-2.0-only" => { with: "x" } }]',
    "keg_only :versioned_formula",
    "revision 1",
    "include Language::Python::Shebang",
    'desc "Tides of #{name}"',
    'service do\n    run [opt_bin/"tide"]\n  end',
  ])("PUB-20: passes over %s", (statement) => {
    expect(complaint(inClass(`  ${statement}`))).toBe("read");
  });

  it.each(["<<~EOS", "<<-EOS", "<<~'EOS'", '<<~"EOS"', "<<~eos", '[<<~EOS, "<<~NO"]'])(
    "PUB-20: passes over the lines of a here-document, %s",
    (opening) => {
      const word = /\w+/.exec(opening)?.[0];
      const body = `  def caveats\n    ${opening}\n  end\n  url 'b'\n    ${word}\n  end\n  url 'a'`;
      expect(read(inClass(body))).toEqual(["- a -", "- a -", "- a -", "- a -"]);
    },
  );

  it.each([
    ["another class", "class TideTable < Cask\nend", "expected class … < Formula"],
    ["nothing", "", "expected class … < Formula, found nothing"],
    [
      "a statement of no formula",
      inClass("  VERSION = '1.0'"),
      "line 2: expected a statement of a formula, found VERSION",
    ],
    [
      "a bottle, which other bytes come from",
      inClass("  bottle do\n    sha256 cellar: :any\n  end"),
      "users would get a bottle",
    ],
    [
      "a condition about something else",
      inClass("  if MacOS.version >= :ventura\n  end"),
      "expected a question about the machine",
    ],
    ["a condition that does not end", inClass("  if OS.mac? &&\n  end"), "expected a question about the machine"],
    ["a condition with a text", inClass('  if OS.mac? == "x"\n  end'), "expected a question about the machine"],
    ["a block about something else", inClass("  on_ventura do\n  end"), "found on_ventura"],
    ["a block by a shorter way", inClass("  on_macos { url 'a' }"), "found on_macos"],
    ["a url that is computed", inClass("  url BASE"), "expected a text behind url, found BASE"],
    ["a url of git", inClass("  url 'a', tag: 'v1'"), "expected nothing behind the text of url"],
    ["a url with a condition behind it", inClass("  url 'a' if OS.mac?"), "expected nothing behind the text of url"],
    ["two statements on a line", inClass("  desc 'a'; url 'b'"), "expected one statement on a line"],
    [
      "a version that is filled in before it is set",
      inClass('  url "#{version}"\n  version "1"'),
      "expected the version to be set",
    ],
    [
      "a field that is set twice for a machine",
      inClass("  url 'a'\n  on_arm do\n    url 'b'\n  end"),
      "expected one url for macos arm",
    ],
    ["a method that sets a field", inClass("  def version\n    '1'\n  end"), "found def version"],
    ["a field within the brackets of another statement", inClass("  desc url('a')"), "found url"],
    ["a field within a text of another statement", inClass("  desc \"#{url 'a'}\""), "expected a text without code"],
    ["a call within another statement", inClass("  desc send(:url, 'a')"), "found send"],
    ["a call of the class within another statement", inClass("  desc TideTable.url('a')"), "found url"],
    ["a method of the class itself", inClass("  def self.url(*all)\n    super('a')\n  end"), "found def self"],
    [
      "a field behind a here-document that is only a comment",
      inClass("  url 'a'\n  def install\n    # <<~NOTE\n  end\n  url 'b'\n  def x\n    NOTE\n  end"),
      "expected one url",
    ],
    [
      "a field behind a here-document that is only a text",
      inClass("  url 'a'\n  def install\n    x '<<~NOTE'\n  end\n  url 'b'\n  def x\n    NOTE\n  end"),
      "expected one url",
    ],
    [
      "what may be a here-document, behind a quote that does not end",
      inClass("  def install\n    x don't <<~NOTE\n    NOTE\n  end"),
      "no end of it",
    ],
    ["a call within a table", inClass("  NAMES = { a: url('a') }"), "found url"],
    ["a call behind a table", inClass("  NAMES = [].each { url 'a' }"), "found each"],
    ["a table in the place of what conditions ask", inClass("  OS = {}"), "found OS"],
    [
      "a table of casks",
      inClass('  arch arm: "arm64", intel: "amd64"'),
      "found arch, which casks know, and formulae do not",
    ],
    ["a method on one line", inClass("  def install = bin.install('x')"), "expected a method of its own lines"],
    ["a here-document behind a statement", inClass("  caveats <<~EOS\n    url 'a'\n  EOS"), "without a here-document"],
    ["a block that is not indented", inClass("  test do\n url 'a'\n  end"), "to be indented"],
    ["a block without its end", "class A < Formula\n  test do\n    x\n", "expected the end of the block"],
    ["a class without its end", "class A < Formula\n  version '1'\n", "expected end of the class"],
    ["two classes", `${inClass("")}class B < Formula\nend\n`, "expected nothing behind the class"],
    ["a text that does not end", inClass("  version '1"), "no end of it"],
    ["a text over two lines", inClass("  version '1\n  0'"), "no end of it"],
    ["brackets that do not close", inClass("  license ["), "found the end of the file"],
    ["a branch after else", inClass("  if OS.mac?\n  else\n  else\n  end"), "expected end of the condition"],
    ["a branch without a condition", inClass("  on_macos do\n  else\n  end"), "expected end of the block"],
  ])("PUB-20: is unreadable with %s, and never guessed at", (_what, source, message) => {
    expect(complaint(source)).toContain(message);
  });

  it("keeps code that it does not know in a text, so that nothing can equal it", () => {
    expect(read(inClass('  url "https://#{HOST}/a"'))[0]).toBe("- https://#{HOST}/a -");
  });

  it("is read or refused, whatever it says", () => {
    const lines = whole.split("\n");
    const some = fc.array(fc.nat(lines.length - 1), { maxLength: 12 });
    fc.assert(
      fc.property(some, (left) => {
        expect(typeof complaint(lines.filter((_line, index) => !left.includes(index)).join("\n"))).toBe("string");
      }),
    );
  });
});

describe("the name of a platform", () => {
  it.each([
    ["linux_amd64", { os: "linux", cpu: "intel" }],
    ["darwin-arm64", { os: "macos", cpu: "arm" }],
    ["x86_64-unknown-linux-gnu", { os: "linux", cpu: "intel" }],
    ["aarch64-apple-darwin", { os: "macos", cpu: "arm" }],
    ["windows_amd64", undefined],
    ["linux_armv7", undefined],
    ["linux_amd64_arm64", undefined],
    ["linux", undefined],
  ])("%s is one of Homebrew's machines, or none", (name, platform) => {
    expect(brewPlatform(name)).toEqual(platform);
  });
});
