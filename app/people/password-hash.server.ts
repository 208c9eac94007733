/** Hashes and checks passwords with argon2id. Must take as long for a name that does not exist as for one that does. */
import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { normalisePassword } from './credential.ts'

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. A stored hash carries its own parameters. */
const ARGON2ID = {
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
}

/** The hash of a password nobody has, for names that do not exist; made with the parameters in force. */
let decoy: Promise<string> | null = null

/** A password as argon2id in PHC form. Takes a salt only to be reproducible (demo, tests). */
export function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  return hash(normalisePassword(password), { ...ARGON2ID, salt })
}

/** True when the password is that of the hash; `null` does the same work and is false. */
export async function isPasswordOf(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password', new Uint8Array(16))
  const matches = await verify(passwordHash ?? (await decoy), normalisePassword(password))
  return matches && passwordHash !== null
}
