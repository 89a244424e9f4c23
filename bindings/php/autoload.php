<?php
// SPDX-License-Identifier: BSL-1.0
// Finds the classes where Composer does not: require 'bindings/php/autoload.php';

declare(strict_types=1);

spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'Quytrinh\\')) {
        $file = __DIR__ . '/src/' . strtr(substr($class, 9), '\\', '/') . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});
