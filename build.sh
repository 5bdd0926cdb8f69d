#!/usr/bin/env bash
# Sets this machine up, builds, and runs the main job, the tests or the benchmarks.
#   ./build.sh demo  [options of samples/QuickStart]
#   ./build.sh test  [options of dotnet test]
#   ./build.sh bench [options of benchmarks]
#   ./build.sh setup        only the set-up
#   RESNET_PROFILE=packages|offline ./build.sh ...   choose the dependency profile by hand
# docs/building.md says what the two dependency profiles are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

choice=DependencyProfile.props
native=offline/native/build
npm=offline/native/node_modules

say()  { printf '%s\n' "$*"; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

need_dotnet() {
    command -v dotnet >/dev/null || fail "the .NET SDK is missing. Install .NET 10 (https://dot.net/download), put dotnet on PATH, and run this again."
    local version; version=$(dotnet --version 2>/dev/null) || fail "no .NET SDK here satisfies global.json. Install .NET 10 (https://dot.net/download) and run this again."
    [ "${version%%.*}" -ge 10 ] || fail "dotnet $version is too old: .NET SDK 10 or later is needed (https://dot.net/download)."
}

# Asks the machine's own package sources for the packages of the "packages" profile.
# Prints "yes", "no" (the feed answers and lacks one) or "unreachable".
feed_has_packages() {
    local probe=artifacts/feed-probe
    mkdir -p "$probe"
    cat > "$probe/probe.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PackageReference Include="Microsoft.ML" />
    <PackageReference Include="TorchSharp" />
  </ItemGroup>
</Project>
XML
    local log
    if log=$(dotnet restore "$probe/probe.csproj" -p:DependencyProfile=packages --force 2>&1); then say yes
    elif grep -qE 'NU1101|NU1102|NU1103' <<<"$log"; then say no
    else say unreachable; fi
}

choose_profile() {
    if [ -n "${RESNET_PROFILE:-}" ]; then
        case "$RESNET_PROFILE" in packages|offline) ;; *) fail "RESNET_PROFILE is '$RESNET_PROFILE'; it must be 'packages' or 'offline'." ;; esac
        profile=$RESNET_PROFILE; why="RESNET_PROFILE says so"
    elif [ -f "$choice" ]; then
        profile=$(sed -n 's:.*<DependencyProfile>\(.*\)</DependencyProfile>.*:\1:p' "$choice")
        case "$profile" in packages|offline) ;; *) rm -f "$choice"; choose_profile; return ;; esac
        why="chosen before; delete $choice to ask the feed again"
    else
        case "$(feed_has_packages)" in
            yes) profile=packages; why="the package feed has Microsoft.ML and TorchSharp" ;;
            no)  profile=offline;  why="the package feed has no Microsoft.ML or TorchSharp" ;;
            *)   profile=offline;  why="no package feed answers" ;;
        esac
        [ "$profile" = packages ] || [ "$(uname -s)" = Linux ] || fail "$why, and the offline profile needs Debian Linux. Check the package sources (dotnet nuget list source) and run this again."
    fi
    say "Dependency profile: $profile ($why)."
    local text="<Project>
  <PropertyGroup>
    <DependencyProfile>$profile</DependencyProfile>
  </PropertyGroup>
</Project>"
    [ -f "$choice" ] && [ "$(cat "$choice")" = "$text" ] || printf '%s\n' "$text" > "$choice"
}

# apt_install PACKAGE...: installs those that are missing, in one line of words.
apt_install() {
    local missing=() p
    for p in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing+=("$p")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    local by_hand="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
    [ "$(id -u)" = 0 ] || fail "these Debian packages are missing, and only root can install them. Run:
  sudo sh -c '$by_hand'"
    say "Installing Debian packages: ${missing[*]}."
    mkdir -p artifacts
    local log=artifacts/apt.log
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } > "$log" 2>&1 && return 0
    tail -n 5 "$log" >&2
    if grep -q 'dpkg --configure -a' "$log"; then fail "an earlier installation was interrupted. Run: dpkg --configure -a, then this again."
    elif grep -qE 'Could not get lock' "$log"; then fail "another program is installing packages. Wait until it has ended, then run this again."
    elif grep -qE 'Temporary failure|Could not resolve|Could not connect|Failed to fetch' "$log"; then fail "the Debian mirror cannot be reached. Connect to the network (or set a mirror in /etc/apt), then run: $by_hand"
    else fail "installing failed (the whole log: $log). What to run by hand: $by_hand"; fi
}

# Whether ONNX Runtime's library is there, of the version that the lock file names; npm writes its own copy of that file last.
has_onnxruntime() {
    [ "$npm/.package-lock.json" -nt offline/native/package-lock.json ] && [ -f "$npm/onnxruntime-node/bin/napi-v6/linux/$1/libonnxruntime.so.1" ]
}

# install_onnxruntime ARCHITECTURE
install_onnxruntime() {
    say "Installing ONNX Runtime's native library (npm package onnxruntime-node)."
    mkdir -p artifacts
    local log=artifacts/npm.log by_hand="npm ci --ignore-scripts --prefix offline/native"
    if ! npm ci --ignore-scripts --prefix offline/native > "$log" 2>&1; then
        tail -n 5 "$log" >&2
        if grep -qE 'EINTEGRITY' "$log"; then fail "the npm registry gave a file with another checksum than offline/native/package-lock.json has. Try again, or check the registry (npm config get registry)."
        elif grep -qE 'ENOSPC' "$log"; then fail "the disk is full: 500 MB are needed. Free some, then run this again."
        elif grep -qE 'E404|ETARGET' "$log"; then fail "the npm registry does not have the package. Check which one is in use (npm config get registry), then run: $by_hand"
        elif grep -qE 'ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|network' "$log"; then fail "the npm registry cannot be reached. Connect to the network (or set a mirror: npm config set registry URL), then run: $by_hand"
        else fail "installing failed (the whole log: $log). What to run by hand: $by_hand"; fi
    fi
    # The package brings 200 MB for other systems.
    rm -rf "$npm"/onnxruntime-node/bin/napi-v6/{darwin,win32}
    has_onnxruntime "$1" || fail "the npm package onnxruntime-node has no library for linux/$1. Check that offline/native/package-lock.json is unchanged."
}

setup_offline() {
    command -v dpkg-query >/dev/null || fail "the offline profile needs Debian 12 or a system with its packages (libtorch-dev); dpkg is not here."
    local architecture node=()
    case "$(uname -m)" in
        x86_64) architecture=x64 ;;
        aarch64) architecture=arm64 ;;
        *) fail "the offline profile needs ONNX Runtime's native library, which exists for x86_64 and aarch64, not for $(uname -m)." ;;
    esac
    has_onnxruntime "$architecture" || command -v npm >/dev/null || node=(nodejs npm)
    apt_install g++ make cmake libtorch-dev libopenblas0-pthread \
        libopencv-core-dev libopencv-imgproc-dev libopencv-imgcodecs-dev "${node[@]}" "$@"
    has_onnxruntime "$architecture" || install_onnxruntime "$architecture"
    mkdir -p artifacts
    local log=artifacts/native.log
    # A build folder that was copied from elsewhere or left half-made is made anew.
    grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD/offline/native" "$native/CMakeCache.txt" || rm -rf "$native"
    { [ -f "$native/Makefile" ] || cmake -S offline/native -B "$native" -G "Unix Makefiles"; cmake --build "$native"; } > "$log" 2>&1 \
        || { tail -n 20 "$log" >&2; fail "building offline/native failed (the whole log: $log). If the compiler or a library is damaged: apt-get install --reinstall g++ libtorch-dev; then rm -rf $native and run this again."; }
}

# setup [DEBIAN PACKAGE...]: the packages are those that only the offline profile needs.
setup() {
    need_dotnet
    choose_profile
    [ "$profile" = packages ] || setup_offline "$@"
    # Debian's libtorch halves the threads when this is unset, and spinning OpenMP threads
    # starve the image decoders that run beside them.
    export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)}
    export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive}
    # glibc gives a tensor's memory back to the system at once, and pays for fresh pages at the next step.
    export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1} MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-1073741824} MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-4294967296}
}

build() {
    mkdir -p artifacts
    say "Building $1."
    dotnet build "$1" -c Release -v quiet -nologo -clp:NoSummary > artifacts/build.log 2>&1 && return 0
    grep -E 'error' artifacts/build.log | sort -u | head -n 20 >&2
    if grep -qE 'NU1301' artifacts/build.log; then fail "no package feed answers. Connect to the network, or check the sources with: dotnet nuget list source"; fi
    fail "the build failed (the whole log: artifacts/build.log)."
}

run_tests() {
    mkdir -p artifacts
    local status=0
    dotnet test ResNetMLNet.sln -c Release --no-build --nologo "$@" 2>&1 | tee artifacts/test.log || status=$?
    # One plain closing line, whatever the runner's own summary looks like.
    awk '/Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+/ {
            for (i = 1; i < NF; i++) { if ($i == "Failed:") f += $(i+1); if ($i == "Passed:") p += $(i+1); if ($i == "Skipped:") s += $(i+1) } n = 1 }
         END { if (!n) { print "no test ran"; exit 1 } printf "%d passed, %d failed, %d skipped\n", p, f, s }' artifacts/test.log || status=1
    return "$status"
}

command=${1:-}; shift || true
case "$command" in
    demo)
        setup dataset-fashion-mnist
        build samples/QuickStart
        exec dotnet run --project samples/QuickStart -c Release --no-build -- "$@" ;;
    test)
        setup dataset-fashion-mnist python3-onnx
        build ResNetMLNet.sln
        run_tests "$@" ;;
    bench)
        setup python3-torch python3-torchvision
        build benchmarks
        exec dotnet run --project benchmarks -c Release --no-build -- "$@" ;;
    setup)
        setup ;;
    *)
        sed -n '2,8s/^# \{0,1\}//p' "$0"; [ -z "$command" ] || fail "there is no command '$command'."; exit 2 ;;
esac
