<?php
// SPDX-License-Identifier: BSL-1.0
// For opcache.preload: lets these classes use FFI where `ffi.enable` stands at "preload", so that
// nobody else's scripts need to. See README.md.

declare(strict_types=1);

require_once __DIR__ . '/autoload.php';

foreach (glob(__DIR__ . '/src/*.php') as $file) {
    require_once $file;
}
