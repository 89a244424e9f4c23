<?php
// SPDX-License-Identifier: BSL-1.0
// For PHPUnit: the classes, without Composer.

declare(strict_types=1);

require __DIR__ . '/../autoload.php';
require __DIR__ . '/TestCase.php';
