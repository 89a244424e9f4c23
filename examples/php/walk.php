<?php
// SPDX-License-Identifier: BSL-1.0
// A case of QT.HTKH.03 from its request to its report, on a clock that is set by hand.
//
// Usage: php walk.php FILE

declare(strict_types=1);

use Quytrinh\Notification;
use Quytrinh\Office;

require __DIR__ . '/../../bindings/php/autoload.php';

const ASKS = 'ĐVYC/nv01';
const WORKS = 'P.HTKH/nv07';
const LEADS = 'LĐTT/gd01';

function hour(string $written): DateTimeImmutable
{
    return DateTimeImmutable::createFromFormat(
        '!d/m/Y H', $written, new DateTimeZone('+07:00'));
}

$told = 0;
$count = function (Notification $one) use (&$told): void {
    ++$told;
};
$office = new Office('sqlite:' . $argv[1], clock: hour('11/12/2023 08'), seed: 1);
$case = $office->open('QT.HTKH.03', by: ASKS, bind: ['ĐVTH' => 'P.HTKH'], reference: '125/CV');

$act = function (string $when, string $what, string $task, string $by, mixed ...$more) use (
    $office, $case, $count
): void {
    $office->setClock(hour($when));
    $office->deliver($count);
    $office->complete($case, $task, $by, ...$more);
    $open = [];
    foreach ($office->tasks(case: $case, relation: 'lead') as $one) {
        $open[] = "bước $one->task ở $one->unit, hạn " . ($one->due ?: 'không nêu');
    }
    echo "{$when}h  $what: ", implode('; ', $open) ?: 'hồ sơ kết thúc', "\n";
};

$act('11/12/2023 08', 'Gửi yêu cầu', '1', ASKS, confirmed: true, fields: [
    'Loại yêu cầu' => ['Truyền thông'],
    'Thông tin SPDV' => 'phần mềm hồ sơ sức khỏe',
    'Đầu mối của ĐVYC' => 'nv01, máy lẻ 12']);
$act('19/12/2023 09', 'Tiếp nhận, trễ hạn', '2', WORKS, outcome: 'OK');
$act('20/12/2023 15', 'Lập kế hoạch', '3', WORKS,
    fields: ['Ngày hoàn thành' => new DateTimeImmutable('2024-01-31')]);
$act('28/12/2023 14', 'Duyệt', '4', LEADS, outcome: 'OK');
$act('30/01/2024 16', 'Thực hiện', '5', WORKS);
$act('01/02/2024 09', 'Báo cáo', '6', WORKS,
    fields: ['Kết quả thực hiện' => 'đã tập huấn 12 đơn vị']);
$act('01/02/2024 09', 'Xác nhận', '6', ASKS);
$office->deliver($count);
$office->verify($case);
$events = iterator_count($office->history($case));
echo "$told thông báo, $events sự kiện, chuỗi băm đúng\n";
