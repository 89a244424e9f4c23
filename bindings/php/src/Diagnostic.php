<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** One thing that is wrong with a text. `raw` has all of it, edits that would mend it included. */
final readonly class Diagnostic
{
    /** @param array<string, mixed> $raw */
    public function __construct(
        public string $code,
        public string $name,
        public string $severity,
        public string $file,
        public int $line,
        public int $column,
        public string $message,
        public string $help,
        public array $raw,
    ) {
    }

    /**
     * @internal
     * @param array<string, mixed> $row
     */
    public static function from(array $row): self
    {
        return new self($row['code'], $row['name'], $row['severity'], $row['file'], $row['line'],
            $row['column'], $row['message'], $row['help'], $row);
    }
}
