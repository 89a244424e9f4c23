<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh\Tests;

use Quytrinh\Drawing;
use Quytrinh\Member;
use Quytrinh\Office;
use Quytrinh\QuytrinhException;
use Quytrinh\Report;

/** The scripts of bindings/conformance: the same results, refusals and bytes as everywhere. */
final class ConformanceTest extends TestCase
{
    /** @return iterable<string, array{string}> */
    public static function scripts(): iterable
    {
        foreach (glob(self::ROOT . '/bindings/conformance/*.json') as $file) {
            yield basename($file) => [$file];
        }
    }

    public function testThereAreScripts(): void
    {
        self::assertGreaterThanOrEqual(7, \count([...self::scripts()]));
    }

    /** @dataProvider scripts */
    public function testScript(string $file): void
    {
        $script = json_decode(file_get_contents($file), true, flags: JSON_THROW_ON_ERROR);
        $this->carryOut($script, 'memory:');
        if (($script['only'] ?? '') !== 'memory') {
            $this->carryOut($script, "sqlite:{$this->folder}/a.db");
        }
    }

    /** @param array<string, mixed> $script */
    private function carryOut(array $script, string $uri): void
    {
        $office = self::office($script, $uri);
        foreach ($script['steps'] as $step) {
            try {
                $got = ['expect' => $this->act($office, $step['do'], $step['request'])];
            } catch (QuytrinhException $e) {
                $got = ['refuse' => ['code' => $e->getCode(), 'name' => $e->name,
                    'message' => $e->getMessage()]];
            }
            // Which of several comes first is for each store to choose.
            if ($uri === 'memory:' || ($step['only'] ?? '') !== 'memory') {
                $want = array_intersect_key($step, ['expect' => 0, 'refuse' => 0]);
                self::assertSame(self::sorted($want), self::sorted($got),
                    json_encode($step['request']));
            }
        }
        self::assertSame($script['export'], self::exported($office));
        $office->close();
    }

    /** @param array<string, mixed> $script */
    private static function office(array $script, string $uri): Office
    {
        $units = $script['members'] ?? null;
        $office = new Office($uri, clock: self::moment($script['clock']), seed: $script['seed'],
            limits: $script['limits'] ?? [],
            members: $units === null ? null : fn (string $person): array => array_map(
                fn ($one) => \is_array($one) ? new Member($one[0], head: $one[1]) : $one,
                $units[$person] ?? throw new \DomainException($person)));
        foreach ($script['tables'] ?? [] as $code => $rows) {
            $office->setTable($code, fn (array $row): bool => \in_array($row, $rows, true));
        }
        return $office;
    }

    /** Members in one order, so that no looser comparison than === is needed. */
    private static function sorted(mixed $value): mixed
    {
        if (!\is_array($value)) {
            return $value;
        }
        if (!array_is_list($value)) {
            ksort($value, SORT_STRING);
        }
        return array_map(self::sorted(...), $value);
    }

    /** @var list<\Quytrinh\Notification> by the last "take" */
    private array $taken = [];

    private function act(Office $office, string $do, array $request): array
    {
        switch ($do) {
            case 'execute':
                return $office->execute($request);
            case 'execute_all':
                return $office->executeAllRaw($request);
            case 'query':
                return $office->query(...$request);
            case 'add':
                return $office->add($request['text']);
            case 'check':
                return $office->check($request['text']);
            case 'rewrite':
                return array_intersect_key($office->rewrite($request['text'], $request['request']),
                    ['text' => 0, 'changed' => 0]);
            case 'test':
                return array_intersect_key($office->test($request['text'], $request['request']),
                    ['ok' => 0, 'scenarios' => 0, 'failed' => 0]);
            case 'ask':
                return $office->ask($request);
            case 'draw':
                $kind = \constant(Drawing::class . '::' . ucfirst($request['kind']));
                return ['drawing' => $office->draw($request['code'], $kind)];
            case 'pass_to':
                return self::shown($office->passTo(self::moment($request['to'])));
            case 'offer_again':
                return ['count' => $office->offerAgain($request['key'])];
            case 'default_calendar':
                $office->setDefaultCalendar($request['code']);
                return [];
            case 'switch_calendar':
                $office->switchCalendar(...$request);
                return [];
            case 'due':
                return $office->dueRaw($request);
            case 'verify':
                $office->verify($request['case']);
                return [];
            case 'clock':
                $office->setClock(self::moment($request['to']));
                return [];
            case 'run_due':
                return self::shown($office->runDue());
            case 'take':
                $this->taken = $office->take($request['limit']);
                return ['notifications' => array_map(fn ($one) => $one->raw, $this->taken)];
            case 'confirm':
                return ['held' => $office->confirm(
                    ...array_map(fn (int $n) => $this->taken[$n], $request['taken']))];
            case 'give_back':
                return ['held' => $office->giveBack($this->taken[$request['taken']],
                    $request['why'])];
            case 'open':
                (new Office($request['uri']))->close();
                return [];
            case 'pull':
                $pulled = $office->pull();
                return ['report' => self::shown($pulled->report),
                    'notifications' => array_map(fn ($one) => $one->raw, $pulled->notifications)];
        }
        self::fail($do);
    }

    private static function shown(Report $report): array
    {
        return ['timers' => $report->timers, 'links' => $report->links,
            'delivered' => $report->delivered, 'failed' => $report->failed,
            'set_aside' => $report->setAside, 'more' => $report->more,
            'problems' => $report->problems];
    }

    private static function exported(Office $office): string
    {
        $cases = array_map(fn ($row) => $row->case,
            iterator_to_array($office->cases(page: 2), false));
        sort($cases, SORT_STRING);
        $digest = hash_init('sha256');
        foreach ($cases as $case) {
            hash_update($digest, "case $case\n");
            foreach ($office->export($case, page: 5) as $e) {
                hash_update($digest,
                    "{$e['seq']} {$e['hash']} {$e['salt']} {$e['header']} {$e['payload']}\n");
            }
        }
        return hash_final($digest);
    }
}
