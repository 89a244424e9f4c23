<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** Fields of one form, where several forms have fields of that name: ['BM.01' => new Form([…])]. */
final readonly class Form
{
    /** @param array<string, mixed> $fields */
    public function __construct(public array $fields)
    {
    }
}
