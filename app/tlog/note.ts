/**
 * Signed notes and verifier keys (c2sp.org/signed-note). A text is worth nothing until `verifyNote` has accepted it;
 * nothing here holds a private key.
 */
import {
  assert,
  concatBytes,
  equalBytes,
  err,
  fromBase64,
  fromHex,
  isEd25519Signature,
  ok,
  type Result,
  sha256,
  toBase64,
  toHex,
  utf8,
} from '#kernel'
import { verifyCosignature } from './cosignature.ts'

/** Signature types that this verifier knows: Ed25519 over the text, and Ed25519 cosignature/v1. */
export const ED25519_NOTE = 0x01
export const ED25519_COSIGNATURE = 0x04

const KEY_ID_BYTES = 4
const PUBLIC_KEY_BYTES = 32
const LONGEST_NOTE = 1_000_000
const MOST_SIGNATURES = 100

/** A public key and the name it signs under. Name and id together say which key and which algorithm a line is by. */
export interface VerifierKey {
  readonly name: string
  /** Eight hexadecimal digits. */
  readonly keyId: string
  readonly type: typeof ED25519_NOTE | typeof ED25519_COSIGNATURE
  readonly publicKey: Uint8Array
}

/** One line `— <name> <base64(key id || payload)>`. */
export interface NoteSignature {
  readonly name: string
  readonly keyId: string
  readonly payload: Uint8Array
}

/** A note taken apart; nothing in it is verified. */
export interface SignedNote {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export type NoteProblem = 'note-malformed' | 'note-signature-invalid' | 'note-signature-missing'

/** A known key whose signature holds; `timestamp` (POSIX seconds) with a cosignature only. */
export interface VerifiedSignature {
  readonly key: VerifierKey
  readonly timestamp: bigint | null
}

export interface VerifiedNote {
  readonly text: string
  readonly signatures: readonly VerifiedSignature[]
}

/** Notes are UTF-8 (hence no lone surrogate) without control characters below U+0020 but the newline. */
function hasForbiddenCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 && code !== 0x0a) return true
  }
  return /\p{Surrogate}/u.test(text)
}

/**
 * True for a key name: not empty, no plus sign, no Unicode space. The property White_Space is what Go's `unicode.IsSpace`
 * tests, and `\s` is not (it lacks U+0085 and has U+FEFF).
 */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\p{White_Space}\p{Surrogate}+]/u.test(name) && !hasForbiddenCharacter(name)
}

/** `SHA-256(name || 0x0A || type || public key)[0:4]` in hexadecimal. */
export function keyIdOf(name: string, type: number, publicKey: Uint8Array): string {
  const digest = sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey))
  return toHex(digest.subarray(0, KEY_ID_BYTES))
}

/** A verifier key of a name and 32 bytes of Ed25519 public key. */
export function verifierKeyOf(name: string, type: VerifierKey['type'], publicKey: Uint8Array): VerifierKey {
  assert(isKeyName(name), `not a key name: ${name}`)
  assert(publicKey.length === PUBLIC_KEY_BYTES, 'an Ed25519 public key has 32 bytes')
  return { name, keyId: keyIdOf(name, type, publicKey), type, publicKey }
}

/** `<name>+<key id>+<base64(type || public key)>`. */
export function formatVkey(key: VerifierKey): string {
  return `${key.name}+${key.keyId}+${toBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`
}

/** Parses a vkey; refuses a key id that is not that of the name and key. Base64 may hold plus signs, so only the first two part. */
export function parseVkey(vkey: string): Result<VerifierKey, 'vkey-malformed' | 'vkey-type-unknown'> {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey)
  const material = match ? fromBase64(match[3]!) : null
  if (!match || material === null || material.length < 2 || !isKeyName(match[1]!))
    return err('vkey-malformed')
  const [name, keyId, type, publicKey] = [match[1]!, match[2]!, material[0], material.slice(1)]
  if (type !== ED25519_NOTE && type !== ED25519_COSIGNATURE) return err('vkey-type-unknown')
  if (publicKey.length !== PUBLIC_KEY_BYTES) return err('vkey-malformed')
  const key = verifierKeyOf(name, type, publicKey)
  return key.keyId === keyId ? ok(key) : err('vkey-malformed')
}

/** `— <name> <base64>\n`. */
export function formatSignatureLine(name: string, keyId: string, payload: Uint8Array): string {
  const id = fromHex(keyId)
  assert(isKeyName(name) && id?.length === KEY_ID_BYTES, `not a signing key: ${name} ${keyId}`)
  return `— ${name} ${toBase64(concatBytes(id, payload))}\n`
}

/** Text, empty line, signature lines (each as `formatSignatureLine` gives it). */
export function formatNote(text: string, lines: readonly string[]): string {
  const note = `${text}\n${lines.join('')}`
  const parsed = parseNote(note)
  assert(parsed.ok && parsed.value.text === text, 'not a note')
  return note
}

function parseSignatureLine(line: string): NoteSignature | null {
  const match = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line)
  const bytes = match ? fromBase64(match[2]!) : null
  if (!match || !isKeyName(match[1]!) || bytes === null || bytes.length <= KEY_ID_BYTES) return null
  return {
    name: match[1]!,
    keyId: toHex(bytes.subarray(0, KEY_ID_BYTES)),
    payload: bytes.slice(KEY_ID_BYTES),
  }
}

/** Takes a note apart at its last empty line. Strict on characters, names and base64; judges no signature. */
export function parseNote(note: string): Result<SignedNote, 'note-malformed'> {
  if (note.length > LONGEST_NOTE || hasForbiddenCharacter(note)) return err('note-malformed')
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) return err('note-malformed')
  const lines = note.slice(split + 2, -1).split('\n')
  const signatures = lines.map(parseSignatureLine)
  if (signatures.length > MOST_SIGNATURES) return err('note-malformed')
  const known = signatures.filter(signature => signature !== null)
  if (known.length !== signatures.length) return err('note-malformed')
  return ok({ text: note.slice(0, split + 1), signatures: known })
}

function verifySignature(text: string, signature: NoteSignature, key: VerifierKey): VerifiedSignature | null {
  if (key.type === ED25519_COSIGNATURE) {
    const timestamp = verifyCosignature(signature.payload, text, key.publicKey)
    return timestamp === null ? null : { key, timestamp }
  }
  return isEd25519Signature(signature.payload, utf8(text), key.publicKey) ? { key, timestamp: null } : null
}

/**
 * Verifies a note with the keys the reader knows. Lines of other keys are ignored, every line of a known key must hold,
 * and at least one must be there.
 */
export function verifyNote(note: string, keys: readonly VerifierKey[]): Result<VerifiedNote, NoteProblem> {
  const parsed = parseNote(note)
  if (!parsed.ok) return parsed
  const verified = new Map<VerifierKey, VerifiedSignature>()
  for (const signature of parsed.value.signatures) {
    const key = keys.find(known => known.name === signature.name && known.keyId === signature.keyId)
    if (key === undefined) continue
    const found = verifySignature(parsed.value.text, signature, key)
    if (found === null) return err('note-signature-invalid')
    // A later cosignature by the same key is only a later look at the same head.
    const earlier = verified.get(key)
    if (earlier?.timestamp == null || (found.timestamp ?? 0n) > earlier.timestamp) verified.set(key, found)
  }
  if (verified.size === 0) return err('note-signature-missing')
  return ok({ text: parsed.value.text, signatures: [...verified.values()] })
}

/** True when both are the same key under the same name. */
export function isSameKey(a: VerifierKey, b: VerifierKey): boolean {
  return a.name === b.name && a.type === b.type && equalBytes(a.publicKey, b.publicKey)
}
