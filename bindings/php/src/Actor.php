<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** A person acting for a unit; "ĐVTH/nv07" is the same in one string. */
final readonly class Actor implements \Stringable
{
    public function __construct(public string $unit, public string $person = '')
    {
    }

    /** Of "ĐVTH/nv07" or "ĐVTH". */
    public static function of(self|string $written): self
    {
        return $written instanceof self ? $written : new self(...\explode('/', $written, 2));
    }

    /**
     * @internal
     * @param array<string, mixed> $shown
     */
    public static function from(array $shown): self
    {
        return new self($shown['unit'] ?? '', $shown['person'] ?? '');
    }

    public function __toString(): string
    {
        return $this->person === '' ? $this->unit : "{$this->unit}/{$this->person}";
    }
}
