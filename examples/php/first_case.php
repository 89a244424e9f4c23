<?php
// A first case from PHP, as bindings/php/README.md shows it. SPDX-License-Identifier: BSL-1.0

use Quytrinh\{Notification, Office};

require __DIR__ . '/../../bindings/php/autoload.php'; // with Composer: vendor/autoload.php

$office = new Office('sqlite:cases.db');
$case = $office->open('QT.HTKH.03', by: 'ĐVYC/nv01');
$office->complete($case, '1', by: 'ĐVYC/nv01', confirmed: true);
foreach ($office->tasks(unit: 'ĐVTH', relation: 'lead') as $task) {
    echo $task->title, ' ', $task->due, "\n";
}
$office->deliver(fn (Notification $told) => print "$told->text\n");
