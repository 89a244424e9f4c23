<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** What `runDue`, `pull` or `deliver` did; `more` asks to call again. */
final readonly class Report
{
    /** @param list<array<string, mixed>> $problems */
    public function __construct(
        public int $timers,
        public int $links,
        public int $delivered,
        public int $failed,
        public int $setAside,
        public bool $more,
        public array $problems,
    ) {
    }

    /**
     * @internal
     * @param array<string, mixed> $row
     */
    public static function from(array $row): self
    {
        return new self($row['timers'], $row['links'], $row['delivered'], $row['failed'],
            $row['set_aside'], $row['more'], $row['problems']);
    }
}
