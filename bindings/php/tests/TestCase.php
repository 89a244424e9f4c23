<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh\Tests;

use Quytrinh\Callbacks;
use Quytrinh\Library;
use Quytrinh\Office;

/** What the tests share. None of them leaves a handle, or a closure, behind. */
abstract class TestCase extends \PHPUnit\Framework\TestCase
{
    protected const ME = 'ĐVYC/nv01';
    protected const START = '2023-12-11T08:00:00+07:00';
    protected const ROOT = __DIR__ . '/../../..';
    protected const OWN = <<<'END'
        ngôn ngữ quy trình 1, tiếng Việt
        quy trình QT.01 "Cấp giấy"
          cách tính giờ hành chính
          các bước theo thứ tự
          không nêu hồ sơ lưu
        vai trò MC "Một cửa"
        biểu mẫu BM.01 "Phiếu"
          thông tin "Số bản" là số
          thông tin "Ngày hẹn" là ngày
          thông tin "Nhanh" là có hoặc không
        bước 1 "Tiếp nhận"
          chủ trì MC
          lập BM.01
          thời hạn không nêu
        bước 2 "Trả"
          chủ trì MC
          dùng BM.01
          thời hạn không nêu

        END;

    protected string $folder;
    private int $handles;
    private int $closures;

    protected function setUp(): void
    {
        gc_collect_cycles();
        $this->handles = Library::liveHandles();
        $this->closures = Callbacks::kept();
        $this->folder = sys_get_temp_dir() . '/quytrinh-' . bin2hex(random_bytes(8));
        mkdir($this->folder);
    }

    protected function tearDown(): void
    {
        array_map(unlink(...), glob($this->folder . '/*'));
        rmdir($this->folder);
        gc_collect_cycles();
        self::assertSame($this->handles, Library::liveHandles());
        self::assertSame($this->closures, Callbacks::kept());
    }

    protected static function moment(string $moment): \DateTimeImmutable
    {
        return new \DateTimeImmutable($moment);
    }

    protected static function trial(mixed ...$more): Office
    {
        return new Office(...['clock' => self::moment(self::START), 'seed' => 7] + $more);
    }

    /**
     * @template T of \Throwable
     * @param class-string<T> $class
     * @return T
     */
    protected static function thrown(string $class, \Closure $by): \Throwable
    {
        try {
            $by();
        } catch (\Throwable $e) {
            self::assertInstanceOf($class, $e, $e->getMessage());
            return $e;
        }
        self::fail("$class was not thrown");
    }

    /** A PHP of its own: what it said, with its exit code at the end when that is not 0. */
    protected function php(string ...$arguments): string
    {
        $program = proc_open([PHP_BINARY, ...$arguments],
            [['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]], $pipes, $this->folder);
        $said = stream_get_contents($pipes[1]);
        $code = proc_close($program);
        return $said . ($code === 0 ? '' : "exit $code");
    }
}
