// Room in the memory of a module: arrays as a layout lists them, and the table that says where they are.

const KINDS = { float64: Float64Array, int32: Int32Array, uint32: Uint32Array, bool: Uint8Array, int64: BigInt64Array };
const PAGE = 65536; // bytes by which memory grows

export class Room {
  /** All of the memory from `start` on, which a later room takes again. */
  constructor(memory, start) {
    this.memory = memory;
    this.next = start;
  }

  /** The address of so many bytes, 16 of which stay together. */
  take(bytes) {
    const address = (this.next + 15) & ~15;
    this.next = address + bytes;
    const short = this.next - this.memory.buffer.byteLength;
    if (short > 0) this.memory.grow(Math.ceil(short / PAGE));
    return address;
  }

  /** A place for numbers of a kind: {address, kind, length}; what is in it is `view`. */
  place(kind, length) {
    return { kind, length, address: this.take(length * KINDS[kind].BYTES_PER_ELEMENT) };
  }

  /** The numbers at a place, until more room is taken. */
  view({ kind, address, length }) {
    return new KINDS[kind](this.memory.buffer, address, length);
  }
}

/** The arrays and numbers of a layout's rows in a room: their places by name, and the table's address. */
export function lay(room, rows, sizes, numbers) {
  const places = {}, entries = [];
  for (const [name, kind, lengths, fill] of rows) {
    if (!lengths.length) {
      entries.push([kind, name in numbers ? numbers[name] : Number(fill)]);
      continue;
    }
    const shape = lengths.map((length) => length[0] + length.slice(1).reduce((sum, each, k) => sum + each * sizes[k], 0));
    places[name] = { ...room.place(kind, shape.reduce((product, each) => product * each, 1)), fill: Number(fill) };
    entries.push(["int64", places[name].address], ...shape.map((each) => ["int64", each]));
  }
  const table = room.take(8 * entries.length);
  const whole = new DataView(room.memory.buffer);
  entries.forEach(([kind, value], k) => {
    if (kind === "float64") whole.setFloat64(table + 8 * k, value, true);
    else whole.setBigInt64(table + 8 * k, BigInt(value), true);
  });
  for (const place of Object.values(places)) {
    room.view(place).fill(place.kind === "int64" ? BigInt(place.fill) : place.fill);
  }
  return { places, table };
}
