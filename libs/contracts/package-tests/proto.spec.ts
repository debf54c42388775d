import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const packageRoot = join(__dirname, '..');
const buf = require.resolve('@bufbuild/buf/bin/buf');

function runBuf(...args: string[]): string {
  return execFileSync(process.execPath, [buf, ...args], { cwd: packageRoot, encoding: 'utf8' });
}

describe('protobuf files', () => {
  it('follow the lint rules and the format', () => {
    expect(runBuf('lint')).toBe('');
    expect(runBuf('format', '--diff', '--exit-code')).toBe('');
  });

  it('compile to the services that the documents name', () => {
    const image = JSON.parse(runBuf('build', '-o', '-#format=json')) as {
      file: { package: string; service?: { name: string; method: { name: string }[] }[] }[];
    };
    const calls = image.file.flatMap((file) =>
      (file.service ?? []).flatMap(({ name, method }) =>
        method.map((call) => `${file.package}.${name}/${call.name}`),
      ),
    );
    expect(calls.sort()).toEqual([
      'inventory.stock.v1.StockService/CheckStock',
      'inventory.stock.v1.StockService/ReleaseStock',
      'inventory.stock.v1.StockService/ReserveStock',
      'inventory.v1.InventoryService/CancelReservation',
      'inventory.v1.InventoryService/CheckAvailability',
      'inventory.v1.InventoryService/CommitReservation',
      'inventory.v1.InventoryService/GetInventory',
      'inventory.v1.InventoryService/ReserveStock',
      'inventory.v1.InventoryService/UpdateStock',
    ]);
  });
});
