<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/**
 * A limit that has been counted, and why, line by line. When there was nothing to count `kind` says
 * so ("not_stated", "immediately"), and day and moment are null.
 */
final readonly class Due
{
    /** @param list<string> $trace */
    public function __construct(
        public string $kind,
        public ?\DateTimeImmutable $lastDay = null,
        public ?\DateTimeImmutable $before = null,
        public bool $toTheHour = false,
        public array $trace = [],
    ) {
    }

    /**
     * @internal
     * @param array<string, mixed> $row
     */
    public static function from(array $row): self
    {
        if (isset($row['kind'])) {
            return new self($row['kind']);
        }
        return new self('counted', Values::day($row['last_day']), Values::moment($row['before']),
            $row['to_the_hour'], \array_column($row['trace'], 'text'));
    }
}
