<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** What an Office does with procedures, calendars and lookup tables, and with limits. */
trait Texts
{
    /** @var array<string, int> the numbers of lookup tables */
    private array $tables = [];

    /**
     * @param list<mixed> $given
     * @param (callable(string): ?string)|null $imports
     * @param (callable(int, int): mixed)|null $progress
     * @return array<string, mixed>
     */
    private function judge(string $function, string $name, string $text, ?callable $imports,
        array $given = [], bool $progresses = false, ?callable $progress = null): array
    {
        $import = $imports === null ? null : $imports(...);
        $advance = $progress === null ? null : $progress(...);
        $numbers = [];
        $numbers[0] = $import === null ? 0 : Callbacks::keep($import);
        $numbers[1] = $advance === null ? 0 : Callbacks::keep($advance);
        try {
            $last = $progresses ? [$advance === null ? null : Callbacks::of('progress'),
                $numbers[1]] : [];
            return $this->json($function, $name, \strlen($name), $text, \strlen($text),
                $import === null ? null : Callbacks::of('import'), $numbers[0], ...$given,
                ...$last, ...[$this->words->value]);
        } finally {
            Callbacks::forget(...$numbers);
            Callbacks::thrown();
        }
    }

    /**
     * Adds a procedure; a TextException has every diagnostic.
     *
     * @param (callable(string): ?string)|null $imports the text of an import by its name
     * @return array<string, mixed>
     */
    public function add(string $text, string $name = 'procedure.quytrinh',
        ?callable $imports = null): array
    {
        return $this->judge('add', $name, $text, $imports);
    }

    /**
     * Everything that is wrong with a text: ok, errors, warnings, hints, diagnostics.
     *
     * @param (callable(string): ?string)|null $imports
     * @return array<string, mixed>
     */
    public function check(string $text, string $name = 'procedure.quytrinh',
        ?callable $imports = null): array
    {
        return $this->judge('check', $name, $text, $imports);
    }

    /**
     * Writes a text anew, as `request` says: ['do' => 'format'].
     *
     * @param array<string, mixed> $request
     * @param (callable(string): ?string)|null $imports
     * @return array<string, mixed>
     */
    public function rewrite(string $text, array $request, string $name = 'procedure.quytrinh',
        ?callable $imports = null): array
    {
        $asked = Json::write($request);
        return $this->judge('rewrite', $name, $text, $imports, [$asked, \strlen($asked)]);
    }

    /**
     * Tests a procedure in offices of its own, as `request` says: ['do' => 'run'] carries out its
     * scenarios. `progress` stops it with false.
     *
     * @param array<string, mixed> $request
     * @param (callable(string): ?string)|null $imports
     * @param (callable(int, int): mixed)|null $progress
     * @return array<string, mixed>
     */
    public function test(string $text, array $request, string $name = 'procedure.quytrinh',
        ?callable $imports = null, ?callable $progress = null): array
    {
        $asked = Json::write($request);
        return $this->judge('test', $name, $text, $imports, [$asked, \strlen($asked)], true,
            $progress);
    }

    /**
     * Asks about days, texts and proofs: ['ask' => 'working_day', 'day' => '2024-04-29'].
     *
     * @param array<string, mixed> $request
     * @return array<string, mixed>
     */
    public function ask(array $request): array
    {
        $asked = Json::write($request);
        return $this->json('ask', $asked, \strlen($asked), $this->words->value);
    }

    /**
     * code, title and hash of every procedure.
     *
     * @return list<array<string, mixed>>
     */
    public function procedures(): array
    {
        return $this->query('procedures')['rows'];
    }

    /**
     * Parties, forms, steps and texts of a procedure.
     *
     * @return array<string, mixed>
     */
    public function procedure(string $code): array
    {
        return $this->query('procedure', code: $code);
    }

    public function draw(string $code, Drawing $kind = Drawing::Svg): string
    {
        return $this->text('draw', $code, \strlen($code), $kind->value, $this->words->value);
    }

    /**
     * The rows of a lookup table that you keep; null takes them away.
     *
     * @param (callable(list<mixed>): bool)|null $hasRow
     */
    public function setTable(string $code, ?callable $hasRow): void
    {
        $number = $hasRow === null ? 0 : $this->keep($hasRow(...));
        try {
            $this->do('set_table', $code, \strlen($code),
                $hasRow === null ? null : Callbacks::of('row'), $number, null);
            [$number, $this->tables[$code]] = [$this->tables[$code] ?? 0, $number];
        } finally {
            Callbacks::forget($number);
            unset($this->closures[$number]);
        }
    }

    /**
     * Adds every calendar of a calendar file; gives their codes.
     *
     * @return list<string>
     */
    public function addCalendars(string $text, string $name = 'calendar.quytrinh'): array
    {
        return $this->json('add_calendars', $name, \strlen($name), $text, \strlen($text));
    }

    /** The calendar of procedures that name none. */
    public function setDefaultCalendar(string $code): void
    {
        $this->do('default_calendar', $code, \strlen($code));
    }

    /** Turns a switch of a calendar (`lựa chọn`) on or off. */
    public function switchCalendar(string $code, string $name, bool $on): void
    {
        $this->do('switch_calendar', $code, \strlen($code), $name, \strlen($name), (int) $on);
    }

    /** Counts a limit as an officer writes it ("chậm nhất 03 ngày làm việc"), and says why. */
    public function due(string $limit, ?\DateTimeInterface $from = null, string $rule = '',
        string $calendar = ''): Due
    {
        return Due::from($this->dueRaw(['limit' => $limit, 'rule' => $rule, 'calendar' => $calendar]
            + ($from === null ? [] : ['from' => $from->format('Y-m-d\TH:i:s.uP')])));
    }

    /**
     * As `due`, the request and the answer as they are.
     *
     * @param array<string, mixed> $request
     * @return array<string, mixed>
     */
    public function dueRaw(array $request): array
    {
        $asked = Json::write($request);
        return $this->json('due', $asked, \strlen($asked), $this->words->value);
    }
}
