// SHA-256 by portions: what the browser brings itself wants the whole file in memory, and a secure context.
"use strict";

class Sha256 {
  constructor() {
    this.state = Int32Array.from(Sha256.START);
    this.words = new Int32Array(64);
    this.rest = new Uint8Array(64); // bytes that do not fill a block yet
    this.filled = 0;
    this.length = 0; // of all bytes so far; exact up to 2^53
  }

  update(bytes) {
    this.length += bytes.length;
    let at = 0;
    if (this.filled) {
      at = Math.min(64 - this.filled, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.filled);
      this.filled += at;
      if (this.filled < 64) return this;
      this.block(this.rest, 0);
      this.filled = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at);
    this.rest.set(bytes.subarray(at));
    this.filled = bytes.length - at;
    return this;
  }

  hex() {
    const bits = this.length * 8;
    const end = new Uint8Array(this.filled < 56 ? 64 - this.filled : 128 - this.filled);
    end[0] = 0x80;
    const view = new DataView(end.buffer);
    view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(end.length - 4, bits % 2 ** 32);
    this.update(end);
    return [...this.state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  block(bytes, at) {
    const w = this.words, k = Sha256.ROUNDS, s = this.state;
    for (let i = 0; i < 16; i++, at += 4) {
      w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + low + w[i - 7] + high) | 0;
    }
    let a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (let i = 0; i < 64; i++) {
      const turnE = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const one = (h + turnE + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      const turnA = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const two = (turnA + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
  }
}

// The constants are the first 32 bits of the fractions of cube and square roots of primes; 64 of them, 8 of them.
// They are worked out with whole numbers, because floating point has no 32 right bits after the point for all.
(() => {
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const root = (n, power) => {
    const wanted = BigInt(n) << BigInt(32 * power);
    let low = 0n, high = 1n << 40n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(power) <= wanted) low = middle; else high = middle;
    }
    return Number(BigInt.asIntN(32, low));
  };
  Sha256.START = primes.slice(0, 8).map((p) => root(p, 2));
  Sha256.ROUNDS = Int32Array.from(primes.map((p) => root(p, 3)));
})();

// Reads a file portion by portion; `told(bytes)` hears of each. The page stays alive between portions.
async function sha256OfFile(file, told, portion = 4 << 20) {
  const sum = new Sha256();
  for (let at = 0; at < file.size; at += portion) {
    const bytes = new Uint8Array(await file.slice(at, at + portion).arrayBuffer());
    sum.update(bytes);
    told(bytes.length);
  }
  return sum.hex();
}
