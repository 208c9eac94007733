/**
 * The ways by which messages leave: an interface for SMS, WeCom and e-mail, one over HTTP for the operator's provider and
 * one that only prints, for the demo. Knows no kind of message; never logs an address or a text.
 */

export interface OutgoingMessage {
  readonly address: string
  readonly text: string
  /** The same for every attempt at one message: the gateway sends it once. */
  readonly idempotencyKey: string
}

export interface MessageGateway {
  /** Resolves when the gateway has taken the message over; throws otherwise, and then it is tried again. */
  send(message: OutgoingMessage): Promise<void>
}

const ANSWER_WITHIN_MS = 10_000

/** A refusal of the gateway: its status and nothing of what was sent. */
class GatewayRefused extends Error {
  constructor(status: number) {
    super(`the message gateway answered ${status}`)
    this.name = 'GatewayRefused'
  }
}

/**
 * Posts `{to, text}` as JSON with the header `Idempotency-Key`. 2xx is taken over; 409 says that this key was taken over
 * before. `token` is sent as a bearer token.
 */
export function httpGateway(url: string, token: string | null): MessageGateway {
  return {
    async send({ address, text, idempotencyKey }) {
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': idempotencyKey,
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ to: address, text }),
      })
      // Read to its end, within the same time, so that the connection can be used again; what it says is not kept.
      await answer.arrayBuffer()
      if (!answer.ok && answer.status !== 409) throw new GatewayRefused(answer.status)
    },
  }
}

/** Prints what would be sent, with the last four characters of the address: for the demo. */
export function consoleGateway(print: (line: string) => void): MessageGateway {
  return {
    async send({ address, text }) {
      print(`…${address.slice(-4)} ${text}`)
    },
  }
}
