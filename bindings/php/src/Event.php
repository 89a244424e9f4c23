<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** A fact of a case and its place in the chain. `raw` has all of it. */
final readonly class Event
{
    /**
     * @param array<string, mixed> $body
     * @param array<string, mixed> $raw
     */
    public function __construct(
        public int $seq,
        public \DateTimeImmutable $at,
        public string $event,
        public Actor $by,
        public array $body,
        public string $hash,
        public array $raw,
    ) {
    }

    /**
     * @internal
     * @param array<string, mixed> $row
     */
    public static function from(array $row): self
    {
        return new self($row['seq'], new \DateTimeImmutable($row['at']), $row['event'],
            Actor::from($row['by'] ?? []), $row['body'] ?? [], $row['hash'], $row);
    }
}
