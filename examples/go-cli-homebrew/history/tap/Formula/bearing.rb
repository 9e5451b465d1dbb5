class Bearing < Formula
  desc "Compass bearings, and the bearing back"
  homepage "https://example.com/bearing"
  version "1.0.0"
  license "MIT"

  on_macos do
    on_arm do
      url "https://example.com/bearing/releases/download/v1.0.0/bearing_1.0.0_darwin_arm64.tar.gz"
      sha256 "3f0a1c5e7b9d2846f1e3a5c7092b4d6e8f1a3c5e7092b4d6f8e1a3c5d7092b4e"
    end
    on_intel do
      url "https://example.com/bearing/releases/download/v1.0.0/bearing_1.0.0_darwin_amd64.tar.gz"
      sha256 "5e7092b4d6f8e1a3c5d7092b4e3f0a1c5e7b9d2846f1e3a5c7092b4d6e8f1a3c"
    end
  end

  on_linux do
    on_arm do
      url "https://example.com/bearing/releases/download/v1.0.0/bearing_1.0.0_linux_arm64.tar.gz"
      sha256 "0000000000000000000000000000000000000000000000000000000000000000"
    end
    on_intel do
      url "https://example.com/bearing/releases/download/v1.0.0/bearing_1.0.0_linux_amd64.tar.gz"
      sha256 "a3c5e7092b4d6f8e1a3c5d7092b4e3f0a1c5e7b9d2846f1e3a5c7092b4d6e8f1"
    end
  end

  def install
    bin.install "bearing"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/bearing --version")
  end
end
