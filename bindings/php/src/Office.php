<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/**
 * An office: a store, and the procedures that run on it.
 *
 *     $office = new Office('sqlite:cases.db');
 */
final class Office
{
    use Texts;

    private readonly int $handle;
    private bool $closed = false;
    /** @var array<int, \Closure> what C may call for this office */
    private array $closures = [];

    /**
     * `uri` is `memory:` or `sqlite:FILE`. With `clock` the store is a trial whose time is set by
     * hand; with `members` that callable says who belongs where, else your own word is trusted.
     *
     * @param array<string, int> $limits names of quytrinh/base/limits.hpp
     * @param (callable(string): iterable<string|Member>)|null $members
     */
    public function __construct(
        string $uri = 'memory:',
        ?\DateTimeInterface $clock = null,
        ?int $seed = null,
        string $tenant = 'main',
        private readonly Words $words = Words::Vi,
        bool $existing = false,
        bool $readOnly = false,
        bool $weak = false,
        bool $unchecked = false,
        bool $bundled = true,
        int $lockWaitMs = 0,
        int $statementMs = 0,
        int $checkBytes = 0,
        array $limits = [],
        ?callable $members = null,
    ) {
        $functions = Library::functions();
        $options = $functions->new('quytrinh_open_options');
        $options->size = \FFI::sizeof($options);
        $options->flags = ($clock === null ? 0 : OpenFlag::MANUAL_CLOCK)
            | ($seed === null ? 0 : OpenFlag::SEEDED)
            | ($existing ? OpenFlag::EXISTING : 0)
            | ($readOnly ? OpenFlag::READ_ONLY : 0)
            | ($weak ? OpenFlag::WEAK : 0)
            | ($unchecked ? OpenFlag::UNCHECKED : 0)
            | ($bundled ? 0 : OpenFlag::NO_BUNDLED);
        $options->clock_us = $clock === null ? 0 : Values::micros($clock);
        $options->seed = $seed ?? 0;
        $options->lock_wait_ms = Values::count($lockWaitMs);
        $options->statement_ms = Values::count($statementMs);
        $options->check_bytes = \max($checkBytes, 0);
        $tenantCopy = self::copied($tenant);
        $options->tenant = \FFI::addr($tenantCopy[0]);
        $options->tenant_size = \strlen($tenant);
        $numbers = $limits === [] ? '' : Json::write($limits);
        $numbersCopy = self::copied($numbers);
        $options->limits = \FFI::addr($numbersCopy[0]);
        $options->limits_size = \strlen($numbers);
        if ($members !== null) {
            $options->members = Callbacks::of('members');
            $options->members_user = $this->keep($members(...));
        }
        try {
            $this->handle = Library::number($this->words, 'uintptr_t', 'quytrinh_open', $uri,
                \strlen($uri), \FFI::addr($options));
        } catch (QuytrinhException $e) {
            $this->close();
            throw $e;
        }
    }

    public function __destruct()
    {
        $this->close();
    }

    private function __clone()
    {
    }

    /** @return never */
    public function __serialize(): array
    {
        throw new \LogicException('an office cannot be serialized');
    }

    /** Lets the store go; may be called again. An office that is forgotten goes by itself. */
    public function close(): void
    {
        if (!$this->closed) {
            $this->closed = true;
            if (isset($this->handle)) {
                Library::functions()->quytrinh_release($this->handle);
            }
            Callbacks::forget(...\array_keys($this->closures));
            $this->closures = [];
        }
    }

    private static function copied(string $text): \FFI\CData
    {
        $copy = Library::functions()->new('char[' . (\strlen($text) + 1) . ']');
        \FFI::memcpy($copy, $text, \strlen($text));
        return $copy;
    }

    private function keep(\Closure $closure): int
    {
        $number = Callbacks::keep($closure);
        $this->closures[$number] = $closure;
        return $number;
    }

    private function text(string $name, mixed ...$given): string
    {
        return Library::text($this->words, "quytrinh_$name", $this->handle, ...$given);
    }

    private function json(string $name, mixed ...$given): mixed
    {
        return Json::read($this->text($name, ...$given));
    }

    private function do(string $name, mixed ...$given): void
    {
        Library::done($this->words, "quytrinh_$name", $this->handle, ...$given);
    }

    // -- commands

    /**
     * Any command as bindings/c/README.md lists them; the answer as it is.
     *
     * @param array<string, mixed> $command
     * @return array<string, mixed>
     */
    public function execute(array $command): array
    {
        $asked = Json::write($command);
        return $this->json('execute', $asked, \strlen($asked));
    }

    /**
     * Several, committed together where the store can: at most 1,000.
     *
     * @param list<array<string, mixed>> $commands
     * @return list<Outcome>
     */
    public function executeAll(array $commands): array
    {
        $outcome = fn (array $one): Outcome => isset($one['result'])
            ? new Outcome(Result::from($one['result']), null)
            : new Outcome(null, QuytrinhException::of($one['error']['code'], $one['error']));
        return \array_map($outcome, $this->executeAllRaw($commands));
    }

    /**
     * As `executeAll`, each answer as it is: {"result": …} or {"error": …}.
     *
     * @param list<array<string, mixed>> $commands
     * @return list<array<string, mixed>>
     */
    public function executeAllRaw(array $commands): array
    {
        $asked = Json::write(\array_values($commands));
        return $this->json('execute_all', $asked, \strlen($asked), $this->words->value);
    }

    /**
     * A command by its name: $office->send('claim', $case, by: $me, task: '2'). `fields` as in
     * `complete`.
     */
    public function send(string $command, string $case, Actor|string $by, string $id = '',
        mixed ...$members): Result
    {
        if (isset($members['fields'])) {
            $members['fields'] = Values::fields($members['fields']);
        }
        return Result::from($this->execute(['command' => $command, 'id' => $id, 'case' => $case,
            'by' => Values::by($by)] + $members));
    }

    /**
     * Opens a case and gives its id. The same `id` again is the same case.
     *
     * @param array<string, Actor|string> $bind who plays a role
     * @param array<string, mixed> $fields
     */
    public function open(string $procedure, Actor|string $by, array $bind = [],
        string $reference = '', array $fields = [], string $atStep = '', string $id = ''): string
    {
        return $this->execute(['command' => 'open', 'id' => $id, 'procedure' => $procedure,
            'by' => Values::by($by), 'bind' => Values::bound($bind), 'reference' => $reference,
            'fields' => Values::fields($fields), 'at_step' => $atStep])['case'];
    }

    /**
     * Completes a task. `confirmed: true` confirms every precondition. Fields take string (read as
     * the field's type), bool, int, Decimal, a date, a list of strings, rows or null; several forms
     * with a field of that name: ['BM.01' => new Form([…])].
     *
     * @param array<string, mixed> $fields
     * @param bool|list<string> $confirmed
     * @param array<string, mixed> $more any other member
     */
    public function complete(string $case, string $task, Actor|string $by, string $outcome = '',
        string $reason = '', array $fields = [], bool|array $confirmed = false,
        ?int $expectedVersion = null, string $id = '', array $more = []): Result
    {
        if ($expectedVersion !== null) {
            $more['expected_version'] = $expectedVersion;
        }
        return Result::from($this->execute(['command' => 'complete', 'id' => $id, 'case' => $case,
            'by' => Values::by($by), 'task' => $task, 'outcome' => $outcome, 'reason' => $reason,
            'fields' => Values::fields($fields),
            'confirmed' => ['all' => $confirmed === true,
                'texts' => \is_array($confirmed) ? \array_values($confirmed) : []]] + $more));
    }

    /** The stored answer of a command id; null when it was never stored. */
    public function lookup(string $case, string $id): ?Result
    {
        $found = $this->query('lookup', case: $case, id: $id)['result'];
        return $found === null ? null : Result::from($found);
    }

    // -- queries

    /**
     * Any query as bindings/c/README.md lists them; the answer as it is.
     *
     * @return array<string, mixed>
     */
    public function query(string $query, mixed ...$members): array
    {
        $asked = Json::write(['query' => $query] + $members);
        return $this->json('query', $asked, \strlen($asked), $this->words->value);
    }

    /**
     * @param array<string, mixed> $members
     * @return \Generator<int, array<string, mixed>>
     */
    private function pages(string $query, array $members): \Generator
    {
        $members['cursor'] = '';
        do {
            $page = $this->query($query, ...$members);
            foreach ($page['rows'] as $row) {
                yield $row;
            }
            $members['cursor'] = $page['next'];
        } while ($page['next'] !== '');
    }

    /**
     * Open tasks by due date; read a page at a time, as they are asked for.
     *
     * @return \Generator<int, Task>
     */
    public function tasks(string $unit = '', string $person = '', string $relation = '',
        string $procedure = '', string $case = '', bool $overdue = false, int $page = 0): \Generator
    {
        foreach ($this->pages('tasks', ['unit' => $unit, 'person' => $person,
            'relation' => $relation, 'procedure' => $procedure, 'case' => $case,
            'overdue' => $overdue, 'limit' => $page]) as $row) {
            yield Task::from($row);
        }
    }

    /**
     * Cases, the newest first.
     *
     * @return \Generator<int, CaseRow>
     */
    public function cases(string $reference = '', string $procedure = '', string $status = '',
        int $page = 0): \Generator
    {
        foreach ($this->pages('cases', ['reference' => $reference, 'procedure' => $procedure,
            'status' => $status, 'limit' => $page]) as $row) {
            yield CaseRow::from($row);
        }
    }

    /**
     * The facts of a case in their order.
     *
     * @return \Generator<int, Event>
     */
    public function history(string $case, int $page = 0): \Generator
    {
        foreach ($this->pages('history', ['case' => $case, 'limit' => $page]) as $row) {
            yield Event::from($row);
        }
    }

    /**
     * The facts as the bytes that are kept: seq, hash, salt, header, payload (hexadecimal).
     *
     * @return \Generator<int, array<string, int|string>>
     */
    public function export(string $case, int $page = 0): \Generator
    {
        return $this->pages('export', ['case' => $case, 'limit' => $page]);
    }

    /**
     * Everything of a case: `state`, `procedure`, `quarantine`.
     *
     * @return array<string, mixed>
     */
    public function case(string $case): array
    {
        return $this->query('case', case: $case);
    }

    /**
     * What this person may do now: enough to build a form. `current` of a field is a Decimal for a
     * number and a DateTimeImmutable for a day.
     *
     * @return list<array<string, mixed>>
     */
    public function options(string $case, Actor|string $by): array
    {
        $who = Actor::of($by);
        $rows = $this->query('options', case: $case, unit: $who->unit,
            person: $who->person)['rows'];
        foreach ($rows as &$row) {
            foreach ($row['fields'] as &$field) {
                $field['current'] = Values::read($field['current'], $field['kind']);
            }
        }
        return $rows;
    }

    /** Proves the history of a case, or throws a StoreException. */
    public function verify(string $case): void
    {
        $this->do('verify', $case, \strlen($case));
    }

    // -- due work and notifications

    /** Fires timers and carries out links: at most `batch` of each (0: 100). */
    public function runDue(int $batch = 0): Report
    {
        return Report::from($this->json('run_due', Values::count($batch), $this->words->value));
    }

    /**
     * Up to `limit` notifications (0: 100) that nobody else is given for `leaseMs`, in whatever
     * process or request. What is not confirmed by then is given to the next who asks: each is told
     * at least once.
     *
     * @return list<Notification>
     */
    public function take(int $limit = 0, int $leaseMs = 60_000): array
    {
        $out = $this->json('take', Values::count($limit), Values::count($leaseMs),
            $this->words->value);
        return \array_map(Notification::from(...), $out['notifications']);
    }

    /**
     * They have been dealt with. False when one of them was no longer held, because its lease was
     * over, or by who has given back one of its case: it is told again.
     */
    public function confirm(Notification ...$taken): bool
    {
        return $this->settle(['confirm' => \array_map(
            static fn (Notification $one): string => $one->receipt, \array_values($taken))]);
    }

    /**
     * It could not be dealt with: it is offered again later, as are all others of its case that are
     * held, and set aside after too many attempts. False when it was no longer held.
     */
    public function giveBack(Notification $taken, string $why = ''): bool
    {
        return $this->settle(['give_back' => [['receipt' => $taken->receipt, 'why' => $why]]]);
    }

    /** @param array<string, mixed> $request */
    private function settle(array $request): bool
    {
        $json = Json::write($request);
        return $this->json('settle', $json, \strlen($json))['lapsed'] === [];
    }

    /**
     * `runDue`, `take` and `confirm` in one. They count as delivered before you have dealt with any:
     * those of a program that ends meanwhile, at most `batch`, are told nobody.
     */
    public function pull(int $batch = 0): Pulled
    {
        $out = $this->json('pull', Values::count($batch), $this->words->value);
        return new Pulled(Report::from($out['report']),
            \array_map(Notification::from(...), $out['notifications']));
    }

    /**
     * As `runDue`, and hands each notification to a closure: at most `batch` of them (0: 100). It is
     * confirmed when the closure has returned; when it throws, it and what follows it in its case is
     * told again later, by whoever delivers then, and set aside after too many attempts. `failed`
     * counts those, `onFailure` (may be null) is told why. What a process that ends in the midst of
     * it has not confirmed is told again once `leaseMs` is over; so is what a closure took longer
     * for. So each is told at least once, by its `key` you know it again.
     *
     * @param callable(Notification): mixed $tell
     * @param (callable(Notification, \Throwable): mixed)|null $onFailure
     */
    public function deliver(callable $tell, int $batch = 0, ?callable $onFailure = null,
        int $leaseMs = 60_000): Report
    {
        $report = $this->runDue($batch);
        $told = $failed = 0;
        // While timers or links wait, only these are worked on.
        $left = $report->more ? 0 : (Values::count($batch) ?: 100);
        $more = $report->more;
        while ($left > 0 && ($taken = $this->take($left, $leaseMs)) !== []) {
            $left -= \count($taken);
            $more = $left <= 0;
            $waiting = [];
            foreach ($taken as $one) {
                if (isset($waiting[$one->case])) {
                    continue;
                }
                try {
                    $tell($one);
                } catch (\Throwable $e) {
                    ++$failed;
                    $waiting[$one->case] = true;
                    if (!$this->closed) {
                        $this->giveBack($one, Values::wellFormed($e->getMessage()));
                    }
                    if ($onFailure !== null) {
                        $onFailure($one, $e);
                    }
                    continue;
                }
                if ($this->closed) {
                    ++$failed; // by the closure; what is not confirmed is told again
                    break 2;
                }
                if ($this->confirm($one)) {
                    ++$told;
                } else {
                    ++$failed;
                }
            }
        }
        return new Report($report->timers, $report->links, $told, $failed, $report->setAside,
            $more, $report->problems);
    }

    /** Takes the notification of this key that was set aside back into the queue; '': all. */
    public function offerAgain(string $key = ''): int
    {
        return Library::number($this->words, 'uint64_t', 'quytrinh_offer_again', $this->handle,
            $key, \strlen($key));
    }

    // -- time, and the file

    /** By the store's clock. */
    public function now(): \DateTimeImmutable
    {
        return Values::atMicros(Library::number($this->words, 'int64_t', 'quytrinh_now',
            $this->handle));
    }

    /** Trial stores only: forward, never back. */
    public function setClock(\DateTimeInterface $to): void
    {
        $this->do('set_clock', Values::micros($to));
    }

    /** Trial stores only: lets time pass, and does what falls due on the way when it does. */
    public function passTo(\DateTimeInterface $to): Report
    {
        return Report::from($this->json('pass_to', Values::micros($to), $this->words->value));
    }

    /** A consistent copy of a SQLite store in use. */
    public function backup(string $path): void
    {
        $this->do('backup', $path, \strlen($path));
    }

    /** Reads a SQLite store through. */
    public function checkStore(): void
    {
        $this->do('check_store');
    }
}
