/** As the proto names it: `lines.0.item.productId` is `lines[0].item.product_id` there. */
export function toFieldPath(parts: readonly string[]): string {
  return parts.reduce((parent, part) => {
    if (/^\d+$/.test(part)) return `${parent}[${part}]`;
    const name = part.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return parent === '' ? name : `${parent}.${name}`;
  }, '');
}
