# SPDX-License-Identifier: BSL-1.0
# Java, for bindings/run.sh: the jar with the library inside.

# maven <argument>…: without a network when all that it needs is here already.
maven() {
    LC_ALL=C.UTF-8 mvn -B -q -Dstyle.color=never -f bindings/java \
        "-Dquytrinh.native=$root/build/java-native" "$@"
}

set_up() {
    install_packages maven openjdk-17-jdk-headless
    say "Java: building the jar"
    native_library
    mkdir -p build/java build/java-native
    # The file itself: Maven would copy a link as a link.
    cp -L "$QUYTRINH_LIBRARY" build/java-native/libquytrinh_c.so.1
    maven -o -DskipTests package >build/java/offline.log 2>&1 || maven -ntp -DskipTests package ||
        fail "the jar does not build"
    # From here on the copy inside the jar is what is loaded.
    unset QUYTRINH_LIBRARY
}

run_tests() {
    say "Java: the tests"
    rm -rf build/java/surefire-reports
    maven -o verify || fail "the tests of Java"
    grep -h '^Tests run' build/java/surefire-reports/*.txt
}

# One thread collects: what is measured has one thread, and other programs may keep the rest busy.
bench() {
    found="build/java/classes:build/java/test-classes:build/java/lib/*"
    java -XX:+UseSerialGC -Xmn64m -cp "$found" quytrinh.Bench "$@"
}
