#!/bin/sh
# Programs that the tests drive and no wheel brings: installed where that is allowed, named
# otherwise. In CI a missing one is an error; elsewhere its tests are skipped.

missing=
any_of() {
    package=$1
    shift
    for program in "$@"; do
        command -v "$program" > /dev/null 2>&1 && return
        [ -x "/usr/sbin/$program" ] && return
    done
    missing="$missing $package"
}
look() {
    missing=
    any_of nginx-light nginx
    any_of gettext msgfmt
    any_of chromium chromium chromium-browser google-chrome
    case $(ls /usr/lib/*/libmagic.so.1 /usr/lib*/libmagic.so.1 2> /dev/null) in
        "") missing="$missing libmagic1" ;;
    esac
}

look
[ -z "$missing" ] && exit 0

sudo=
[ "$(id -u)" = 0 ] || sudo="sudo -n"
if command -v apt-get > /dev/null 2>&1 && $sudo true 2> /dev/null; then
    echo "Installing for the tests:$missing"
    $sudo apt-get update -qq
    # The names are words, so they stand without quotes.
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
    look
    [ -z "$missing" ] && exit 0
fi

echo "Missing for the tests:$missing" >&2
echo "Install them with your system's package manager; until then their tests are skipped." >&2
[ -z "${CI:-}" ]
