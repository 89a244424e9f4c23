<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** What one of several commands came to: exactly one of the two is not null. */
final readonly class Outcome
{
    public function __construct(public ?Result $result, public ?QuytrinhException $error)
    {
    }

    public function orThrow(): Result
    {
        return $this->result ?? throw $this->error;
    }
}
