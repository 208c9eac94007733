/** Random bytes and what is made of them, as a thing that is passed in. The only file that asks the machine for randomness. */
import { createHash, randomBytes } from 'node:crypto'
import { idOf } from '#kernel'

export interface Random {
  bytes(length: number): Uint8Array
  /** A new identifier of 128 bits (`idOf`). */
  id(): string
  /** A new secret of 256 bits as 43 characters that are safe in a cookie and in an address. */
  secret(): string
}

function randomOf(bytes: (length: number) => Uint8Array): Random {
  return {
    bytes,
    id: () => idOf(bytes(16)),
    secret: () => Buffer.from(bytes(32)).toString('base64url'),
  }
}

/** The operating system's source: for everything that must not be guessed. */
export const systemRandom: Random = randomOf(length => new Uint8Array(randomBytes(length)))

/** The same bytes for the same seed: for the demo community and the tests, never for a secret of a real one. */
export function seededRandom(seed: string): Random {
  let block = 0
  let buffer = new Uint8Array(0)
  return randomOf(length => {
    while (buffer.length < length) {
      const more = createHash('sha256').update(`${seed}\n${block}`).digest()
      block += 1
      buffer = new Uint8Array([...buffer, ...more])
    }
    const taken = buffer.slice(0, length)
    buffer = buffer.slice(length)
    return taken
  })
}
