<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** A case as a list shows it. */
final readonly class CaseRow
{
    public function __construct(
        public string $case,
        public string $procedure,
        public int $version,
        public string $hash,
        public string $status,
        public string $endKind,
        public string $reference,
        public Actor $opener,
        public \DateTimeImmutable $openedAt,
        public \DateTimeImmutable $lastAt,
        public ?\DateTimeImmutable $dueBefore,
    ) {
    }

    /**
     * @internal
     * @param array<string, mixed> $row
     */
    public static function from(array $row): self
    {
        return new self($row['case'], $row['procedure'], $row['version'], $row['hash'],
            $row['status'], $row['end_kind'], $row['reference'], Actor::from($row['opener']),
            new \DateTimeImmutable($row['opened_at']), new \DateTimeImmutable($row['last_at']),
            Values::moment($row['due_before']));
    }
}
