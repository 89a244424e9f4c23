<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** A number as it is written, "2.5": PHP's floats are not exact. */
final readonly class Decimal implements \Stringable
{
    public string $text;

    public function __construct(string|int $text)
    {
        $this->text = (string) $text;
        if (\preg_match('/\A-?[0-9]{1,1000}(\.[0-9]{1,1000})?\z/', $this->text) !== 1) {
            throw new \InvalidArgumentException('a number is written like 2.5');
        }
    }

    public function __toString(): string
    {
        return $this->text;
    }
}
