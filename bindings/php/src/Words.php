<?php
// SPDX-License-Identifier: BSL-1.0
// Made by bindings/generate.py of the C headers; do not edit.

declare(strict_types=1);

namespace Quytrinh;

/** Language of messages. */
enum Words: int
{
    case Vi = 0;
    case En = 1;
}
