<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh\Tests;

use Quytrinh\Actor;
use Quytrinh\Code;
use Quytrinh\CountingException;
use Quytrinh\Decimal;
use Quytrinh\Drawing;
use Quytrinh\Form;
use Quytrinh\HostCallbackException;
use Quytrinh\Library;
use Quytrinh\Member;
use Quytrinh\Notification;
use Quytrinh\Office;
use Quytrinh\QuytrinhException;
use Quytrinh\RefusedException;
use Quytrinh\RequestException;
use Quytrinh\StoreException;
use Quytrinh\TextException;
use Quytrinh\Values;
use Quytrinh\Words;

/** An office as a PHP program uses it. */
final class OfficeTest extends TestCase
{
    public function testAFirstCase(): void
    {
        $office = self::trial();
        $case = $office->open('QT.HTKH.03', by: self::ME);
        $done = $office->complete($case, '1', by: new Actor('ĐVYC', 'nv01'), confirmed: true);
        self::assertSame(['2.1'], $done->opened);
        self::assertSame($case, $done->case);
        self::assertFalse($done->ended);
        [$task] = iterator_to_array($office->tasks(unit: 'ĐVTH', relation: 'lead'));
        self::assertSame(['2023-12-14', 'counted'], [$task->due, $task->dueKind]);
        self::assertEquals(self::moment(self::START), $task->openedAt);
        self::assertEquals(self::moment('2023-12-15T00:00:00+07:00'), $task->dueBefore);
        [$row] = iterator_to_array($office->cases());
        self::assertEquals(Actor::of(self::ME), $row->opener);
        self::assertSame(4, $row->version);
        $events = iterator_to_array($office->history($case, page: 1), false);
        self::assertSame([1, 2, 3, 4], array_map(fn ($e) => $e->seq, $events));
        self::assertSame($row->hash, $events[3]->hash);
        $office->verify($case);
        self::assertEquals(self::moment(self::START), $office->now());
        self::assertEquals($done, $office->lookup($case, $done->id));
        self::assertNull($office->lookup($case, 'none'));
        self::assertStringStartsWith('1.', Library::version());
    }

    public function testRefusalsAreExceptionsByGroup(): void
    {
        $office = self::trial();
        $case = $office->open('QT.HTKH.03', by: self::ME);
        $refused = self::thrown(RefusedException::class, fn () => $office->complete(
            $case, '1', by: 'P.KHAC/x', confirmed: true));
        self::assertSame(Code::NotPermitted, $refused->error);
        self::assertSame([204, 'not_permitted', ['ĐVYC']],
            [$refused->getCode(), $refused->name, $refused->whoCould]);
        self::assertStringContainsString('ĐVYC', $refused->getMessage());
        self::thrown(RequestException::class, fn () => $office->execute(['command' => 'fly']));
        $wrong = self::thrown(TextException::class, fn () => $office->add("quy trình X\n"));
        self::assertSame(['QT7001', 1],
            [$wrong->diagnostics[0]->code, $wrong->diagnostics[0]->line]);
        self::thrown(StoreException::class, fn () => new Office('sqlite:/nowhere/at/all.db'));
        self::thrown(RequestException::class, fn () => new Office('postgres:x'));
        self::thrown(CountingException::class,
            fn () => $office->due('03 ngày làm việc', self::moment('2050-01-01')));
        $english = new Office(words: Words::En);
        $refused = self::thrown(RefusedException::class,
            fn () => $english->open('QT.HTKH.03', by: 'P.KHAC/x'));
        self::assertStringContainsString('may not', $refused->getMessage());
    }

    public function testValuesInAndOut(): void
    {
        $office = self::trial();
        self::assertSame('QT.01', $office->add(self::OWN)['code']);
        $case = $office->open('QT.01', by: 'MC/a');
        $office->send('record', $case, by: 'MC/a', task: '1', fields: [
            'Số bản' => new Decimal('2.50'), 'Nhanh' => true,
            'BM.01' => new Form(['Ngày hẹn' => self::moment('2024-02-29T23:00:00+07:00')])]);
        $can = array_filter($office->options($case, 'MC/a'),
            fn ($one) => $one['command'] === 'complete');
        $current = array_column(current($can)['fields'], 'current', 'name');
        self::assertEquals(new Decimal('2.5'), $current['Số bản']);
        self::assertSame('2024-02-29', $current['Ngày hẹn']->format('Y-m-d'));
        self::assertTrue($current['Nhanh']);
        self::assertSame(['rows' => [['a', ['decimal' => '1']], ['b', null]]],
            Values::shown([['a', 1], ['b', null]]));
        $early = self::moment('1969-12-31T23:59:59.25Z');
        self::assertEquals($early, Values::atMicros(Values::micros($early)));
        self::assertSame(-750_000, Values::micros($early));
    }

    public function testSeveralCommandsAtOnce(): void
    {
        $office = self::trial();
        $case = $office->open('QT.HTKH.03', by: self::ME);
        $done = $office->executeAll([
            ['command' => 'comment', 'case' => $case, 'by' => self::ME, 'text' => 'một'],
            ['command' => 'complete', 'case' => $case, 'by' => self::ME, 'task' => '9'],
            ['command' => 'open', 'procedure' => 'QT.HTKH.03', 'by' => self::ME, 'id' => 'again']]);
        self::assertSame($case, $done[0]->orThrow()->case);
        self::assertInstanceOf(RefusedException::class, $done[1]->error);
        self::thrown(RefusedException::class, fn () => $done[1]->orThrow());
        self::assertSame('again', $done[2]->result->id);
    }

    public function testNotifications(): void
    {
        $office = self::trial();
        $office->open('QT.HTKH.03', by: self::ME);
        $pulled = $office->pull();
        self::assertSame(\count($pulled->notifications), $pulled->report->delivered);
        self::assertSame('task_opened', $pulled->notifications[0]->kind);
        self::assertEquals(self::moment(self::START), $pulled->notifications[0]->at);
        self::assertNotSame('', $pulled->notifications[0]->text);
        $office->open('QT.HTKH.03', by: self::ME);
        $told = [];
        $report = $office->deliver(function (Notification $one) use (&$told): void {
            $told[] = $one->key;
        });
        self::assertSame([\count($told), 0], [$report->delivered, $report->failed]);
        self::assertNotEmpty($told);
        self::assertSame(0, $office->query('outbox')['pending']);
    }

    public function testMembersImportsAndTables(): void
    {
        $units = ['nv01' => ['ĐVYC'], 'gd01' => [new Member('LĐTT', head: true)]];
        $office = self::trial(members: fn (string $person) => $units[$person]
            ?? throw new \DomainException("nobody knows $person"));
        $office->open('QT.HTKH.03', by: self::ME);
        self::thrown(RefusedException::class,
            fn () => $office->open('QT.HTKH.03', by: 'ĐVYC/gd01'));
        $failed = self::thrown(HostCallbackException::class,
            fn () => $office->open('QT.HTKH.03', by: 'ĐVYC/nobody'));
        self::assertSame('nobody knows nobody', $failed->getPrevious()?->getMessage());
        $text = str_replace(["vai trò MC \"Một cửa\"\n", 'quy trình QT.01'],
            ['', "lấy từ tệp \"a.quytrinh\"\nquy trình QT.01"], self::OWN);
        $names = [];
        $imports = function (string $name) use (&$names): string {
            $names[] = $name;
            return "ngôn ngữ quy trình 1, tiếng Việt\nvai trò MC \"Một cửa\"\n";
        };
        self::assertTrue($office->check($text, imports: $imports)['ok']);
        self::assertSame(['a.quytrinh'], $names);
        self::assertFalse($office->check($text, imports: fn () => null)['ok']);
        self::thrown(TextException::class, fn () => $office->add($text,
            imports: fn () => throw new \RuntimeException('no such file')));
        $office->setTable('DM', fn (array $row) => true);
        $office->setTable('DM', fn (array $row) => false);
        $office->setTable('DM', null);
        $office->setTable('DM2', fn (array $row) => true);
    }

    public function testTextsCalendarsAndLimits(): void
    {
        $office = self::trial();
        self::assertStringContainsString('<svg', $office->draw('QT.HTKH.03'));
        self::assertStringContainsString('flowchart',
            $office->draw('QT.HTKH.03', Drawing::Mermaid));
        $due = $office->due('chậm nhất 03 ngày làm việc', self::moment('2024-04-26T08:00+07:00'));
        self::assertSame('2024-05-04', $due->lastDay->format('Y-m-d'));
        self::assertNotEmpty($due->trace);
        self::assertFalse($due->toTheHour);
        self::assertSame('not_stated', $office->due('không nêu')->kind);
        $office->switchCalendar('HC.VN', 'NGAY.VH', true);
        $office->setDefaultCalendar('HC.VN');
        self::assertContains('QT.HTKH.03', array_column($office->procedures(), 'code'));
        self::assertSame('QT.HTKH.03', $office->procedure('QT.HTKH.03')['code']);
        self::assertSame([], (new Office(bundled: false))->procedures());
    }

    public function testTextsRewrittenTestedAndAsked(): void
    {
        $office = self::trial();
        $loose = str_replace('  chủ trì MC', '   chủ trì   MC', self::OWN);
        $laidOut = $office->rewrite($loose, ['do' => 'format']);
        self::assertSame([self::OWN, true], [$laidOut['text'], $laidOut['changed']]);
        $seen = [];
        $explore = ['do' => 'explore', 'procedure' => 'QT.HTKH.03', 'steps' => 1_100];
        $office->test('', $explore, progress: function (int $done) use (&$seen): void {
            $seen[] = $done;
        });
        self::assertNotEmpty($seen);
        $stopped = self::thrown(QuytrinhException::class, fn () => $office->test('', $explore,
            progress: fn () => throw new \DomainException('enough')));
        self::assertSame(Code::HostCallbackFailed, $stopped->error);
        self::assertSame('enough', $stopped->getPrevious()->getMessage());
        self::assertFalse($office->ask(['ask' => 'working_day', 'day' => '2024-04-29'])['working']);
        self::assertSame(0, $office->offerAgain());
        self::thrown(RequestException::class, fn () => $office->offerAgain('none'));
        self::assertFalse($office->passTo(self::moment('2024-01-20T08:00+07:00'))->more);
        self::assertEquals(self::moment('2024-01-20T08:00+07:00'), $office->now());
    }

    public function testAFile(): void
    {
        $uri = "sqlite:{$this->folder}/một.db";
        $copy = "{$this->folder}/b.db";
        $office = new Office($uri, clock: self::moment(self::START), seed: 3);
        $case = $office->open('QT.HTKH.03', by: self::ME);
        $office->backup($copy);
        $office->checkStore();
        $office->close();
        $look = new Office("sqlite:$copy", clock: self::moment(self::START), existing: true,
            readOnly: true);
        $look->verify($case);
        self::thrown(StoreException::class, fn () => $look->open('QT.HTKH.03', by: self::ME));
        $differs = self::thrown(StoreException::class, fn () => new Office($uri));
        self::assertSame(Code::ClockDiffers, $differs->error);
    }

    public function testPagesOfManyTasks(): void
    {
        $office = self::trial();
        for ($n = 0; $n < 30; ++$n) {
            $office->open('QT.HTKH.03', by: self::ME, id: "$n");
        }
        $cases = [];
        foreach ($office->tasks(unit: 'ĐVYC', relation: 'lead', page: 7) as $task) {
            $cases[$task->case] = true;
        }
        self::assertCount(30, $cases);
    }
}
