# Sourced by the other scripts: the folder of the project, and plain words on the terminal.
set -euo pipefail
export PYTHONDONTWRITEBYTECODE=1
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*"; }
step() { printf '\n==> %s\n' "$*"; }
stop() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# How the program is built to run. The run-time check for overlapping access guards every write to a buffer and costs a
# fifth of a page's time; debug builds, and so all tests, keep it.
release_build=(swift build --configuration release --product hansa -Xswiftc -enforce-exclusivity=unchecked)

# How it is built for tests, by whoever builds it, so that nothing is compiled twice. Of C++ there is BoringSSL alone;
# without optimisation it takes 1.6 s for each scrypt.
debug_flags=(-Xcxx -O2)

# Prints which of the Debian packages given are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || echo "$package"
    done
}

# Installs the Debian packages given that are missing; says what to do where that is not possible.
install_packages() {
    command -v dpkg-query >/dev/null || stop "this is not Debian: install the counterparts of these packages yourself: $*"
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        stop "missing system packages. Run this once, then the same command again:
    sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    step "Installing ${missing[*]}"
    local apt=(apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -qq)
    export DEBIAN_FRONTEND=noninteractive
    "${apt[@]}" update || say "The package lists could not be refreshed; trying with those that are here."
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null ||
        stop "apt-get could not install ${missing[*]}. Check the network and /etc/apt/sources.list, then try again."
}

# Stops unless a Swift that can read Package.swift is in PATH.
require_swift() {
    command -v swift >/dev/null || stop "Swift 6.3 is needed, and there is no \`swift\` in PATH.
    Install it from https://www.swift.org/install/linux/, or, where it is installed already,
    add its folder: export PATH=/opt/swift/usr/bin:\$PATH"
    local version
    version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9]+\.[0-9]+' | head -n 1)
    if [ "$(printf '%s\n6.2\n' "${version:-0}" | sort -V | head -n 1)" != 6.2 ]; then
        stop "Swift 6.2 or later is needed (6.3 is what this is tested with); \`swift\` in PATH is ${version:-unknown}."
    fi
}

# What makes PDFs of invoices and receipts. The program does without: then there are no PDFs.
document_packages=(weasyprint fonts-noto-cjk)

# What the program is compiled against. The libraries that it needs at run time come with them.
build_packages=(ca-certificates git libcurl4-openssl-dev libgd-dev libpq-dev libqrencode-dev libsqlite3-dev libxlsxwriter-dev pkg-config tzdata zlib1g-dev)
