// SPDX-License-Identifier: BSL-1.0
// What a program in TypeScript may write, and what it may not: only compiled.
import { Code, Office, QuytrinhError, Refused, openOffice, type Notification } from 'quytrinh';

async function first(): Promise<string> {
  const office: Office = await openOffice('memory:', { clock: new Date(), seed: 7n, words: 'en' });
  await using disposed = office;
  office.on('notification', (told: Notification) => told.fence + 1n);
  office.once('listenerError', (thrown) => String(thrown));
  const id = await office.open('QT', { by: 'ĐVYC/nv01', bind: { ĐVTH: { unit: 'P.HTKH' } } });
  const done = await office.complete(id, '1', {
    by: { unit: 'ĐVYC', person: 'nv01' },
    confirmed: ['x'],
    fields: { Số: 2n, Ngày: { date: '2024-05-04' }, Bảng: [['a', 1], ['b', null]] },
  });
  const opened: readonly string[] = done.opened;
  for await (const task of office.tasks({ unit: 'ĐVTH', page: 50 }))
    if (task.dueBefore && task.dueBefore < new Date()) return task.title;
  for await (const event of office.history(id)) if (event.seq > 1) break;
  await office.setTable('DM', (row) => row[0] === 'x');
  await office.check('…', { imports: () => null });
  return opened[0] ?? (await office.lookup(id, 'x'))?.endKind ?? disposed.constructor.name;
}

function refused(fault: unknown): readonly string[] {
  if (fault instanceof Refused && fault.code === Code.NOT_PERMITTED) return fault.whoCould;
  return fault instanceof QuytrinhError ? [fault.name, fault.diagnostics[0]?.message ?? ''] : [];
}

async function wrong(office: Office): Promise<void> {
  // @ts-expect-error: somebody acts
  await office.open('QT', {});
  // @ts-expect-error: openOffice() makes one
  new Office();
  // @ts-expect-error: no drawing of that kind
  await office.draw('QT', 'png');
  // @ts-expect-error: a Date is a moment, a field holds a day
  await office.open('QT', { by: 'x', fields: { Ngày: new Date() } });
  // @ts-expect-error: answered at once
  await openOffice('memory:', { members: async () => ['x'] });
}

export { first, refused, wrong };
