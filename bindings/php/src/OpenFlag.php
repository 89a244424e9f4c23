<?php
// SPDX-License-Identifier: BSL-1.0
// Made by bindings/generate.py of the C headers; do not edit.

declare(strict_types=1);

namespace Quytrinh;

/**
 * How a store is opened; the version of the functions.
 *
 * @internal
 */
final class OpenFlag
{
    public const ABI_VERSION = 1;
    public const MANUAL_CLOCK = 1;
    public const SEEDED = 2;
    public const EXISTING = 4;
    public const READ_ONLY = 8;
    public const WEAK = 16;
    public const NO_BUNDLED = 32;
    public const UNCHECKED = 64;
}
