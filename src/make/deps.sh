#!/bin/sh
# deps.sh GROUP... - installs what a group of tasks needs, and only what is missing.
# deps.sh list     - prints the rows.
#
# A row is: group, a file or command that shows the package is there, the package. On a
# machine with another vendor's nodejs, Debian's npm would conflict; its own is found here
# by command, so nothing is installed over it. Debian's node knows no certificates of its
# own, and only recommends those of the system: without them npm reaches no registry.
set -eu

rows() {
    cat <<'ROWS'
build gcc                                gcc
build g++                                g++
build ar                                 binutils
build pkg-config                         pkg-config
build awk                                mawk
build /usr/include/fcgiapp.h             libfcgi-dev
build /usr/include/sqlite3.h             libsqlite3-dev
build /usr/include/ctemplate/template.h  libctemplate-dev
build /usr/include/jansson.h             libjansson-dev
build /usr/include/sodium.h              libsodium-dev
build /usr/include/cmark.h               libcmark-dev
build /usr/include/git2.h                libgit2-dev
build /usr/include/unicode/utrans.h      libicu-dev
build /usr/include/ini.h                 libinih-dev
build /usr/include/zlib.h                zlib1g-dev
build /usr/include/qrencode.h            libqrencode-dev
build /usr/include/seccomp.h             libseccomp-dev
build /usr/include/liboath/oath.h        liboath-dev
build /usr/include/fido.h                libfido2-dev
build /usr/include/vips/vips.h           libvips-dev
build /usr/include/gexiv2/gexiv2.h       libgexiv2-dev
build /usr/include/webp/decode.h         libwebp-dev
build /usr/share/zoneinfo/Europe/Moscow  tzdata
run   nginx                              nginx-light
editor node                              nodejs
editor npm                               npm
editor update-ca-certificates             ca-certificates
lint  clang-format                       clang-format
lint  git                                git
test  /usr/include/cmocka.h              libcmocka-dev
test  /usr/include/openssl/evp.h         libssl-dev
test  node                               nodejs
test  npm                                npm
test  update-ca-certificates             ca-certificates
test  chromium                           chromium
test  sqlite3                            sqlite3
test  curl                               curl
test  script                             bsdutils
test  cgi-fcgi                           libfcgi-bin
test  fcgiwrap                           fcgiwrap
test  spawn-fcgi                         spawn-fcgi
test  systemd-analyze                    systemd
test  java                               default-jre-headless
test  exiftool                           libimage-exiftool-perl
test  vips                               libvips-tools
test  /usr/lib/postgresql                postgresql
bench wrk                                wrk
bench nginx                              nginx-light
bench node                               nodejs
bench sqlite3                            sqlite3
bench bc                                 bc
bench vipsthumbnail                      libvips-tools
bench /usr/bin/time                      time
tidy  clang-tidy                         clang-tidy
tidy  cppcheck                           cppcheck
fuzz  clang                              clang
fuzz  /usr/share/doc/libclang-rt-14-dev  libclang-rt-14-dev
ROWS
}

if [ "${1-}" = list ]; then
    rows
    exit
fi

PATH=$PATH:/usr/sbin:/sbin
is_there() {
    case $1 in
    /*) [ -e "$1" ] ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

missing=
for group; do
    for package in $(rows | while read -r g probe package; do
        [ "$g" = "$group" ] && ! is_there "$probe" && echo "$package" || :
    done); do
        missing="$missing $package"
    done
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || {
        echo "missing packages:$missing" >&2
        echo "install them as root, or install sudo" >&2
        exit 1
    }
    as_root=sudo
fi

echo "installing:$missing"
# Packages with a service of their own (nginx, postgresql, fcgiwrap) neither start it now
# nor at the next boot: we run our own copies, as the caller.
policy=/usr/sbin/policy-rc.d
services="nginx postgresql fcgiwrap fcgiwrap.socket"
had=$(for s in $services; do systemctl is-enabled "$s" 2>/dev/null | grep -q enabled && echo "$s" || :; done)
if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
    $as_root chmod 755 $policy
    trap '$as_root rm -f $policy' EXIT
    trap 'exit 130' INT TERM HUP # an interrupted run must not leave it either
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
for s in $services; do
    case " $had " in
    *" $s "*) ;;
    *) $as_root systemctl disable "$s" >/dev/null 2>&1 || : ;;
    esac
done
