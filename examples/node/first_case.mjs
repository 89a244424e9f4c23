// SPDX-License-Identifier: BSL-1.0
// A first case from Node, as bindings/node/README.md shows it.

import { openOffice } from 'quytrinh';

const office = await openOffice('sqlite:cases.db');
try {
  office.on('notification', (told) => console.log(told.text));
  const id = await office.open('QT.HTKH.03', { by: 'ĐVYC/nv01' });
  await office.complete(id, '1', { by: 'ĐVYC/nv01', confirmed: true });
  for await (const task of office.tasks({ unit: 'ĐVTH', relation: 'lead' }))
    console.log(task.title, task.due);
} finally {
  await office.close();
}
