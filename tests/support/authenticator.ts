/** An authenticator in software: makes a passkey and signs what it is asked, or what a test has it sign wrongly. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface AuthenticatorOptions {
  /** The origin it believes to be on. */
  readonly origin: string
  /** The count it signs with; 0 for authenticators that count nothing. */
  readonly count?: number
  /** False when the person was not asked for finger, face or PIN. */
  readonly isVerified?: boolean
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export class SoftwareAuthenticator {
  readonly credentialId = base64url(randomBytes(16))
  readonly #key: KeyObject
  /** COSE: EC2, ES256, P-256. */
  readonly publicKey: Uint8Array

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#key = privateKey
    const { x, y } = publicKey.export({ format: 'jwk' })
    this.publicKey = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x!, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y!, 'base64url'),
    ])
  }

  #data(options: AuthenticatorOptions, attested: Uint8Array = new Uint8Array()): Buffer {
    const flags = 1 | (options.isVerified === false ? 0 : 4) | (attested.length > 0 ? 0x40 : 0)
    return Buffer.concat([
      sha256(new URL(options.origin).hostname),
      Buffer.from([flags]),
      uint32(options.count ?? 0),
      attested,
    ])
  }

  #client(type: string, challenge: string, origin: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  /** What a browser sends after a passkey was made for the options of the server. */
  register(asked: object, options: AuthenticatorOptions): string {
    const { challenge } = asked as { challenge: string }
    const id = Buffer.from(this.credentialId, 'base64url')
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, this.publicKey])
    const data = this.#data(options, attested)
    const attestation = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
      Buffer.from([data.length]),
      data,
    ])
    return JSON.stringify({
      id: this.credentialId,
      rawId: this.credentialId,
      type: 'public-key',
      response: {
        clientDataJSON: base64url(this.#client('webauthn.create', challenge, options.origin)),
        attestationObject: base64url(attestation),
        transports: ['internal'],
      },
      clientExtensionResults: {},
    })
  }

  /** What a browser sends after the passkey answered the options of the server. */
  answer(asked: object, options: AuthenticatorOptions): string {
    const { challenge } = asked as { challenge: string }
    const data = this.#data(options)
    const client = this.#client('webauthn.get', challenge, options.origin)
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#key)
    return JSON.stringify({
      id: this.credentialId,
      rawId: this.credentialId,
      type: 'public-key',
      response: {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(signature),
      },
      clientExtensionResults: {},
    })
  }
}
