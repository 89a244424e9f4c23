<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh\Tests;

use Quytrinh\Library;

/** The life of a process: memory, its end, the examples as programs of their own. */
final class LifeTest extends TestCase
{
    /** Resident memory in KiB; 0 where the system does not say. */
    private static function resident(): int
    {
        $status = @file_get_contents('/proc/self/status');
        return preg_match('/VmRSS:\s*(\d+)/', (string) $status, $found) === 1 ? (int) $found[1] : 0;
    }

    public function testTenThousandTasksInPagesTakeNoMemory(): void
    {
        $office = self::trial();
        $open = ['command' => 'open', 'procedure' => 'QT.HTKH.03', 'by' => self::ME];
        for ($n = 0; $n < 20; ++$n) {
            self::assertCount(500, $office->executeAll(array_fill(0, 500, $open)));
        }
        $handles = Library::liveHandles();
        $count = fn (): int => iterator_count(
            $office->tasks(unit: 'ĐVYC', relation: 'lead', page: 500));
        self::assertSame(10_000, $count());
        [$before, $own] = [self::resident(), memory_get_usage()];
        for ($n = 0; $n < 5; ++$n) {
            self::assertSame(10_000, $count());
        }
        // 50,000 rows are some 25 MB of JSON.
        self::assertLessThan(4_000, self::resident() - $before);
        self::assertLessThan(100_000, memory_get_usage() - $own);
        self::assertSame($handles, Library::liveHandles());
    }

    public function testManyOfficesAndCallablesLeaveNothing(): void
    {
        $round = function (): void {
            for ($n = 0; $n < 50; ++$n) {
                $office = self::trial(members: fn () => ['ĐVYC']);
                $office->open('QT.HTKH.03', by: self::ME);
                $office->setTable('DM', fn () => true);
                $office->check('x', imports: fn () => '');
            }
        };
        $round();
        [$before, $own] = [self::resident(), memory_get_usage()];
        $round();
        $round();
        self::assertLessThan(4_000, self::resident() - $before);
        self::assertLessThan(20_000, memory_get_usage() - $own);
    }

    /** @return iterable<string, array{string, string}> */
    public static function ends(): iterable
    {
        yield 'at its last line' => ['', ''];
        yield 'by exit' => ['exit(0);', ''];
        yield 'inside of a closure' => ['$o->deliver(fn () => exit(0));', ''];
        yield 'by an error' => ['throw new Error("the end");', 'the end'];
        yield 'with an office in a static' => ['class K { static $o; } K::$o = $o; unset($o);', ''];
        yield 'with a cycle' => ['$o->setTable("D", fn () => $o);', ''];
    }

    /** @dataProvider ends */
    public function testAProgramMayEndWithOfficesOpen(string $how, string $words): void
    {
        $code = 'require ' . var_export(__DIR__ . '/../autoload.php', true) . ';'
            . '$o = new Quytrinh\Office(members: fn () => ["ĐVYC"]);'
            . '$o->open("QT.HTKH.03", by: "ĐVYC/nv01"); echo "opened\n";' . $how;
        $said = $this->php('-d', 'display_errors=1', '-d', 'log_errors=0', '-r', $code);
        self::assertStringStartsWith("opened\n", $said);
        if ($words === '') {
            self::assertSame("opened\n", $said);
        } else {
            self::assertStringContainsString($words, $said);
            self::assertStringEndsWith('exit 255', $said);
        }
    }

    public function testPreloaded(): void
    {
        $root = realpath(__DIR__ . '/..');
        $library = getenv('QUYTRINH_LIBRARY') ?: "$root/native/libquytrinh_c.so.1";
        copy($library, "{$this->folder}/libquytrinh_c.so.1");
        putenv("LD_LIBRARY_PATH={$this->folder}");
        $code = 'FFI::scope("quytrinh"); $o = new Quytrinh\Office(members: fn () => ["ĐVYC"]);'
            . 'echo strlen($o->open("QT.HTKH.03", by: "ĐVYC/nv01")), Quytrinh\Library::version();';
        $said = $this->php('-d', "ffi.preload=$root/src/quytrinh.ffi", '-d', 'opcache.enable_cli=1',
            '-d', "opcache.preload=$root/preload.php", '-d',
            'opcache.preload_user=' . posix_getpwuid(posix_getuid())['name'], '-r', $code);
        putenv('LD_LIBRARY_PATH');
        self::assertSame('26' . Library::version(), $said);
    }

    public function testALibraryThatIsNotThere(): void
    {
        $code = 'require ' . var_export(__DIR__ . '/../autoload.php', true) . ';'
            . 'Quytrinh\Library::at("/nowhere/at/all.so");'
            . 'try { new Quytrinh\Office(); } catch (FFI\Exception $e) { echo "not found"; }';
        self::assertSame('not found', $this->php('-r', $code));
        self::thrown(\LogicException::class, fn () => Library::at('/too/late.so'));
    }

    public function testTheReadmeShowsTheFirstCase(): void
    {
        $example = realpath(self::ROOT . '/examples/php/first_case.php');
        $code = explode("\n\n", file_get_contents($example), 2)[1];
        self::assertStringContainsString("```php\n$code```",
            file_get_contents(__DIR__ . '/../README.md'));
        self::assertLessThanOrEqual(15, substr_count($code, "\n"));
        $said = $this->php($example);
        self::assertStringContainsString('Kiểm tra thông tin', $said);
        self::assertStringNotContainsString('exit', $said);
    }

    public function testTheWalkPrintsWhatItShould(): void
    {
        $examples = realpath(self::ROOT . '/examples/php');
        self::assertSame(file_get_contents("$examples/walk.expected"),
            $this->php("$examples/walk.php", 'w.db'));
    }
}
