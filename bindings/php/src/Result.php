<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** What a command came to. `id` is the id of the command: send it again when in doubt. */
final readonly class Result
{
    /**
     * @param list<string> $opened
     * @param list<string> $children
     */
    public function __construct(
        public string $case,
        public int $version,
        public array $opened,
        public array $children,
        public bool $ended,
        public string $endKind,
        public string $id,
    ) {
    }

    /**
     * @internal
     * @param array<string, mixed> $row
     */
    public static function from(array $row): self
    {
        return new self($row['case'], $row['version'], $row['opened'], $row['children'],
            $row['ended'], $row['end_kind'], $row['id']);
    }
}
