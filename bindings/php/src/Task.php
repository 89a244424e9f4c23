<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/**
 * A task as a list shows it. `due` is its last day, with the hour where hours count; `dueBefore` is
 * null when nothing was counted.
 */
final readonly class Task
{
    public function __construct(
        public string $case,
        public string $task,
        public string $relation,
        public string $role,
        public string $unit,
        public string $person,
        public string $title,
        public string $procedure,
        public string $procedureTitle,
        public string $reference,
        public \DateTimeImmutable $openedAt,
        public string $due,
        public string $dueKind,
        public ?\DateTimeImmutable $dueBefore,
        public bool $overdue,
        public bool $consultation,
        public string $quarantine,
    ) {
    }

    /**
     * @internal
     * @param array<string, mixed> $row
     */
    public static function from(array $row): self
    {
        return new self($row['case'], $row['task'], $row['relation'], $row['role'], $row['unit'],
            $row['person'], $row['title'], $row['procedure'], $row['procedure_title'],
            $row['reference'], new \DateTimeImmutable($row['opened_at']), $row['due'],
            $row['due_kind'], Values::moment($row['due_before']), $row['overdue'],
            $row['consultation'], $row['quarantine']);
    }
}
