import { toAddressKey } from './rate-limits';

describe('toAddressKey', () => {
  it('counts an IPv4 address as itself, however it is written', () => {
    expect(toAddressKey('192.0.2.7')).toBe('192.0.2.7');
    expect(toAddressKey('::ffff:192.0.2.7')).toBe('192.0.2.7');
    expect(toAddressKey('::ffff:c000:207')).toBe('192.0.2.7');
  });

  it('counts an IPv6 network as one', () => {
    expect(toAddressKey('2001:db8:1:2::3')).toBe(toAddressKey('2001:db8:1:4::5'));
    expect(toAddressKey('2001:db8:1:2::3')).not.toBe(toAddressKey('2001:db8:2:2::3'));
  });
});
