/** 64 bits of FNV-1a (two 32-bit lanes), as 16 hexadecimal digits. */
export function textKey(text: string, salt = 0): string {
  let low = 0x811c9dc5 ^ salt;
  let high = 0xc9dc5811 + salt;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + (low >>> 24)), 0x01000193);
  }
  const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');
  return hex(low) + hex(high);
}
