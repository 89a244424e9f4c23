<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh\Tests;

use Quytrinh\Actor;
use Quytrinh\Code;
use Quytrinh\Decimal;
use Quytrinh\ForkedException;
use Quytrinh\Notification;
use Quytrinh\Office;
use Quytrinh\QuytrinhException;
use Quytrinh\RefusedException;
use Quytrinh\RequestException;
use Quytrinh\TextException;
use Quytrinh\Values;

/** An office that is used badly answers in PHP's own form. */
final class BadInputTest extends TestCase
{
    public function testAClosedOffice(): void
    {
        $office = self::trial();
        $tasks = $office->tasks();
        $office->close();
        $office->close();
        $closed = self::thrown(RequestException::class, fn () => $office->now());
        self::assertSame(Code::InvalidArgument, $closed->error);
        self::thrown(RequestException::class, fn () => $office->open('QT.HTKH.03', by: self::ME));
        self::thrown(RequestException::class, fn () => iterator_to_array($tasks));
        self::thrown(RequestException::class, fn () => $office->pull());
        self::thrown(\Error::class, fn () => clone $office);
        self::thrown(\LogicException::class, fn () => serialize($office));
    }

    public function testAnOfficeThatIsForgottenGoesByItself(): void
    {
        // Its own closures refer to it: that alone does not keep it.
        $office = self::trial();
        $office->setTable('DM', fn (array $row): bool => $office->now() > $row);
        $office->open('QT.HTKH.03', by: self::ME);
        unset($office);
    }

    public function testNulls(): void
    {
        $office = self::trial();
        self::thrown(\TypeError::class, fn () => new Office(null));
        self::thrown(\TypeError::class, fn () => $office->verify(null));
        self::thrown(\TypeError::class, fn () => $office->add(null));
        self::thrown(RequestException::class, fn () => $office->execute(['command' => null]));
        self::thrown(RequestException::class, fn () => $office->query('tasks', unit: null));
        self::thrown(QuytrinhException::class, fn () => $office->open('', by: ''));
        self::thrown(QuytrinhException::class, fn () => new Office(''));
        self::thrown(\ArgumentCountError::class, fn () => $office->open());
    }

    public function testTextsThatAreNoUtf8(): void
    {
        foreach (["x\xff", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80"] as $bad) {
            $office = self::trial();
            foreach ([
                fn () => $office->open('QT.HTKH.03', by: self::ME, reference: $bad),
                fn () => $office->execute([$bad => 'x']),
                fn () => $office->verify($bad),
                fn () => $office->add($bad),
                fn () => new Office("sqlite:$bad"),
                fn () => new Office(tenant: $bad),
                fn () => $office->setTable($bad, fn () => true),
            ] as $call) {
                self::assertSame(Code::InvalidUtf8,
                    self::thrown(RequestException::class, $call)->error);
            }
        }
        $office->open('QT.HTKH.03', by: self::ME, reference: '😀');
        self::assertSame('😀', $office->cases()->current()->reference);
    }

    public function testHugeAndDeepRequests(): void
    {
        $office = self::trial();
        $deep = 'x';
        for ($i = 0; $i < 50; ++$i) {
            $deep = [$deep];
        }
        self::thrown(RequestException::class, fn () => $office->query('tasks', unit: $deep));
        $circle = [];
        $circle['circle'] = &$circle;
        self::thrown(\InvalidArgumentException::class, fn () => $office->execute($circle));
        unset($circle['circle']);
        $huge = str_repeat('ư', 5 << 20);
        self::thrown(RequestException::class,
            fn () => $office->open('QT.HTKH.03', by: self::ME, reference: $huge));
        self::thrown(QuytrinhException::class, fn () => $office->add($huge));
        self::thrown(\InvalidArgumentException::class, fn () => $office->execute(['x' => NAN]));
        self::thrown(RequestException::class, fn () => $office->executeAll(
            array_fill(0, 1_001, ['command' => 'open', 'procedure' => 'QT.HTKH.03'])));
        foreach ([-1, 1 << 32] as $batch) {
            self::thrown(\InvalidArgumentException::class, fn () => $office->runDue($batch));
            self::thrown(\InvalidArgumentException::class, fn () => $office->pull($batch));
            self::thrown(\InvalidArgumentException::class, fn () => new Office(lockWaitMs: $batch));
        }
        self::assertEquals(self::moment(self::START), $office->now());
    }

    public function testValuesThatNoFieldHolds(): void
    {
        foreach ([1.5, NAN, new \stdClass(), [1], ['a', ['b']], [[1.5]]] as $bad) {
            self::thrown(\InvalidArgumentException::class, fn () => Values::shown($bad));
        }
        foreach (['', '1e9', '1,5', 'ba', '1.', "1\n", str_repeat('1', 2_000)] as $bad) {
            self::thrown(\InvalidArgumentException::class, fn () => new Decimal($bad));
        }
        $office = self::trial();
        self::thrown(\InvalidArgumentException::class,
            fn () => $office->setClock((new \DateTimeImmutable())->setTimestamp(PHP_INT_MAX)));
        $far = (new \DateTimeImmutable())->setTimestamp(6_000_000_000_000);
        self::thrown(QuytrinhException::class, fn () => $office->setClock($far));
    }

    public function testAClosureThatThrowsIsToldAgain(): void
    {
        $office = self::trial();
        $office->open('QT.HTKH.03', by: self::ME);
        $keys = $why = [];
        $tell = function (Notification $one) use (&$keys): void {
            $keys[] = $one->key;
            if (\count($keys) === 1) {
                throw new \Error('not now');
            }
        };
        $failed = function (Notification $one, \Throwable $e) use (&$why): void {
            $why[] = [$one->key, $e->getMessage()];
        };
        $waiting = $office->query('outbox')['pending'];
        $first = $office->deliver($tell, onFailure: $failed);
        self::assertSame([1, [[$keys[0], 'not now']]], [$first->failed, $why]);
        self::assertSame(0, $office->deliver($tell)->delivered); // not before a pause
        self::pass($office, '+1 hour');
        $second = $office->deliver($tell, onFailure: $failed);
        // What follows it in its case has waited for it.
        self::assertSame([$waiting, 0], [$second->delivered, $second->failed]);
        self::assertSame($keys[0], $keys[1]);
        self::assertCount($waiting, array_unique($keys));
        self::assertSame(0, $office->query('outbox')['pending']);
    }

    private static function pass(Office $office, string $time): void
    {
        $office->setClock($office->now()->modify($time));
    }

    /** A loop that is left early has taken the rest along: it is told when the lease is over. */
    public function testWhatOnFailureThrowsLosesNoNotification(): void
    {
        $office = self::trial();
        for ($n = 0; $n < 3; ++$n) {
            $office->open('QT.HTKH.03', by: self::ME);
        }
        $waiting = $office->query('outbox')['pending'];
        self::assertGreaterThan(2, $waiting);
        $keys = [];
        $tell = function (Notification $one) use (&$keys): void {
            $keys[] = $one->key;
            if (\count($keys) === 2) {
                throw new \Error("not now \xFF");
            }
        };
        $fault = self::thrown(\DomainException::class, fn () => $office->deliver($tell,
            onFailure: fn () => throw new \DomainException('no log')));
        self::assertSame('no log', $fault->getMessage());
        self::assertCount(2, $keys);
        self::pass($office, '+1 hour');
        $report = $office->deliver($tell);
        self::assertSame([$waiting - 1, 0], [$report->delivered, $report->failed]);
        self::assertCount($waiting, array_unique($keys));
        self::assertSame(0, $office->query('outbox')['pending']);
    }

    /** Pulled, they counted as delivered: with the request that died they were gone. */
    public function testWhoDiesAmidDeliveringLosesNothing(): void
    {
        $file = tempnam(sys_get_temp_dir(), 'quytrinh');
        unlink($file);
        $office = self::trial(uri: "sqlite:$file");
        $office->open('QT.HTKH.03', by: self::ME);
        $waiting = $office->query('outbox')['pending'];
        $died = self::trial(uri: "sqlite:$file");
        $held = $died->take();
        self::assertCount($waiting, $held);
        $died->close();
        self::assertSame([], $office->take());
        self::pass($office, '+1 minute');
        self::assertFalse($office->confirm(...$held));
        $told = [];
        $report = $office->deliver(function (Notification $one) use (&$told): void {
            $told[] = $one->key;
        });
        self::assertSame($waiting, $report->delivered);
        self::assertSame(array_map(fn ($one) => $one->key, $held), $told);
        $office->close();
        array_map(unlink(...), glob("$file*"));
    }

    /** Who takes longer than the lease has not been confirmed: it is told again. */
    public function testAClosureThatTakesTooLongIsToldAgain(): void
    {
        $office = self::trial();
        $office->open('QT.HTKH.03', by: self::ME);
        $report = $office->deliver(fn () => self::pass($office, '+2 minutes'), batch: 1);
        self::assertSame([0, 1], [$report->delivered, $report->failed]);
        self::assertSame(1, $office->deliver(fn () => null, batch: 1)->delivered);
    }

    /** What one `deliver` inside of another fails at is not a failure of the outer one. */
    public function testEachDeliverCountsItsOwn(): void
    {
        $office = self::trial();
        $office->open('QT.HTKH.03', by: self::ME);
        $inner = null;
        $outer = $office->deliver(function () use ($office, &$inner): void {
            if ($inner === null) {
                $office->open('QT.HTKH.03', by: self::ME);
                $inner = $office->deliver(fn () => throw new \Error('not now'));
            }
        });
        self::assertSame(0, $outer->failed);
        self::assertSame(0, $inner->delivered);
        self::assertGreaterThan(0, $inner->failed);
        self::pass($office, '+1 hour');
        $waiting = $office->query('outbox')['pending'];
        self::assertSame($outer->delivered, $waiting);
        self::assertSame($waiting, $office->deliver(fn () => null)->delivered);
    }

    /** In `executeAll` each command fails by itself: the call has no error to be the cause of. */
    public function testWhatWasThrownIsNotTheCauseOfALaterFault(): void
    {
        $office = self::trial(members: fn () => throw new \DomainException('no register'));
        $open = ['command' => 'open', 'procedure' => 'QT.HTKH.03', 'by' => self::ME];
        self::assertArrayHasKey('error', $office->executeAllRaw([$open])[0]);
        $fault = self::thrown(TextException::class, fn () => $office->add('none'));
        self::assertNull($fault->getPrevious());
    }

    public function testAClosureMayCallBackAndClose(): void
    {
        $office = self::trial();
        $office->open('QT.HTKH.03', by: self::ME);
        $told = 0;
        $office->deliver(function (Notification $one) use ($office, &$told): void {
            if (++$told === 1) {
                self::thrown(RefusedException::class,
                    fn () => $office->complete($one->case, '1', by: 'P.KHAC/x', confirmed: true));
                $office->open('QT.HTKH.03', by: self::ME);
                $office->deliver(fn () => null); // one inside of the other
                $office->close();
            }
        });
        self::assertSame(1, $told); // what could not be confirmed is not told either
        self::thrown(RequestException::class, fn () => $office->now());
    }

    public function testCallablesInsideOfACommandMayDoTheSame(): void
    {
        $asked = [];
        $office = self::trial(members: function (string $person) use (&$office, &$asked): array {
            $asked[] = $office->procedure('QT.HTKH.03')['code'];
            if (\count($asked) === 1) {
                $office->open('QT.HTKH.03', by: self::ME); // which asks again
            }
            if ($person === 'nv02') {
                $office->close();
            }
            return ['ĐVYC'];
        });
        self::assertSame(26, \strlen($office->open('QT.HTKH.03', by: self::ME)));
        self::assertGreaterThanOrEqual(2, \count($asked));
        // It is gone while the command is under way: an answer or an error, but no crash.
        try {
            $office->open('QT.HTKH.03', by: 'ĐVYC/nv02');
        } catch (QuytrinhException) {
        }
        self::thrown(RequestException::class, fn () => $office->now());
    }

    public function testACallableThatCallsWhatCallsItIsStopped(): void
    {
        $asked = 0;
        $office = self::trial(members: function (string $person) use (&$office, &$asked): array {
            ++$asked;
            $office->open('QT.HTKH.03', by: self::ME);
            return ['ĐVYC'];
        });
        self::thrown(QuytrinhException::class, fn () => $office->open('QT.HTKH.03', by: self::ME));
        self::assertGreaterThanOrEqual(8, $asked);
        unset($office);
    }

    public function testCallablesThatAnswerNonsense(): void
    {
        foreach ([fn () => null, fn () => 7, fn () => [7], fn () => [new \stdClass()],
            fn () => ["\xff"], fn () => throw new \Error('x'),
            function () { trigger_error('x', E_USER_WARNING); return []; }] as $members) {
            $office = self::trial(members: $members);
            self::thrown(QuytrinhException::class,
                fn () => $office->open('QT.HTKH.03', by: self::ME));
        }
        $office = self::trial();
        $text = str_replace('quy trình QT.01', "lấy từ tệp \"a\"\nquy trình QT.01", self::OWN);
        $throws = fn () => throw new \Error('x');
        foreach ([fn () => 7, fn () => "\xff", fn () => [], $throws] as $bad) {
            self::thrown(QuytrinhException::class, fn () => $office->add($text, imports: $bad));
            self::assertFalse($office->check($text, imports: $bad)['ok']);
        }
    }

    public function testAForkedChildIsRefusedAndMayOpenAnew(): void
    {
        $office = self::trial();
        $child = pcntl_fork();
        if ($child === 0) {
            $fault = 1;
            try {
                $office->now();
            } catch (ForkedException) {
                $office->close();
                $own = new Office(clock: self::moment(self::START));
                $fault = $own->open('QT.HTKH.03', by: self::ME) === '' ? 2 : 0;
                $own->close();
            } finally {
                posix_kill(posix_getpid(), $fault === 0 ? SIGUSR1 : SIGUSR2); // no tests' shutdown
            }
        }
        pcntl_waitpid($child, $status);
        self::assertSame(SIGUSR1, pcntl_wtermsig($status));
        self::assertEquals(self::moment(self::START), $office->now());
    }

    public function testActors(): void
    {
        self::assertSame(['ĐVYC', 'nv/01'], array_values((array) Actor::of('ĐVYC/nv/01')));
        self::assertSame('ĐVYC', (string) Actor::of('ĐVYC'));
    }
}
