<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** A unit of a person, and is this person its head? `version` counts changes of it, or is 0. */
final readonly class Member
{
    public function __construct(
        public string $unit,
        public bool $head = false,
        public int $version = 0,
    ) {
    }
}
