# SPDX-License-Identifier: BSL-1.0
# PHP, for bindings/run.sh: the classes as they stand, with the library beside them.

set_up() {
    install_packages php8.2-cli php8.2-opcache phpunit
    native_library
    mkdir -p bindings/php/native
    # By another name first: a program that has the old one mapped keeps it.
    cp -L "$QUYTRINH_LIBRARY" bindings/php/native/new
    mv -f bindings/php/native/new bindings/php/native/libquytrinh_c.so.1
    # From here on the copy is what is loaded.
    unset QUYTRINH_LIBRARY
}

run_tests() {
    say "PHP: the tests"
    (cd bindings/php && php8.2 /usr/bin/phpunit) || fail "the tests of PHP"
}

bench() {
    php8.2 bindings/php/bench.php "$1" "$2"
}
