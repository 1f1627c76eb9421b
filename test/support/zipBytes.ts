import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of an archive, honest unless told to lie. */
export interface ZipPart {
  readonly name: string | Uint8Array;
  readonly data?: string | Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** The upper half of the external attributes: type and permissions of Unix. */
  readonly mode?: number;
  /** What the directory says of the unpacked size. */
  readonly declaredSize?: number;
}

/** A `.zip` written byte by byte, as no honest program writes it. */
export function zipBytes(parts: readonly ZipPart[]): Uint8Array {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const data = Buffer.from(part.data ?? '');
    const method = part.method ?? 8;
    const packed = method === 8 ? deflateRawSync(data) : data;
    const size = part.declaredSize ?? data.length;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE((part.flags ?? 0) | 0x800, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(0x00210000, 6);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(size, 18);
    shared.writeUInt16LE(name.length, 22);
    const header = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), shared, name]);
    local.push(header, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((part.mode ?? 0) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const version = Buffer.from([20, 3]);
    central.push(Buffer.from('PK\u0001\u0002', 'latin1'), version, shared, rest, name);
    offset += header.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
