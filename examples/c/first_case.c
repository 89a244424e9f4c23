/* SPDX-License-Identifier: BSL-1.0 */
/* A first case from C, as README.md of bindings/c shows it. Usage: first_case sqlite:FILE */
#include <quytrinh/quytrinh.h>
#include <stdio.h>
#include <string.h>
int main(int argc, char** argv) {
    const char *open = "{\"command\":\"open\",\"procedure\":\"QT.HTKH.03\",\"by\":\"ĐVYC/nv01\"}", *json;
    const char* uri = argc > 1 ? argv[1] : "memory:";
    quytrinh_office* office;
    quytrinh_text* answer;
    size_t size;
    if (quytrinh_open(uri, strlen(uri), NULL, NULL, &office)) return 1;
    if (quytrinh_execute(office, open, strlen(open), NULL, &answer)) return 1;
    if (quytrinh_text_get(answer, &json, &size)) return 1;
    puts(json); /* {"case":"…","version":2,"opened":["1.1"], … */
    return quytrinh_release(answer) + quytrinh_release(office);
}
