<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/**
 * What somebody is told; `key` is the same every time. `to` has role, unit, person and head;
 * `receipt` is of what was taken; `raw` has all of it.
 */
final readonly class Notification
{
    /**
     * @param array<string, mixed> $to
     * @param array<string, mixed> $raw
     */
    public function __construct(
        public string $key,
        public int $attempt,
        public string $kind,
        public array $to,
        public string $relation,
        public string $case,
        public string $procedure,
        public string $reference,
        public string $task,
        public string $taskTitle,
        public \DateTimeImmutable $at,
        public string $due,
        public Actor $by,
        public string $text,
        public string $receipt,
        public array $raw,
    ) {
    }

    /**
     * @internal
     * @param array<string, mixed> $row
     */
    public static function from(array $row): self
    {
        return new self($row['key'], $row['attempt'], $row['kind'], $row['to'], $row['relation'],
            $row['case'], $row['procedure'], $row['reference'], $row['task'], $row['task_title'],
            new \DateTimeImmutable($row['at']), $row['due'], Actor::from($row['by']),
            $row['text'], $row['receipt'] ?? '', $row);
    }
}
