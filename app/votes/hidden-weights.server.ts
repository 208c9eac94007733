/** Until the hidden weights are merged: the same calls with bytes that hide nothing and hold nothing. */
import { canonicalBytes } from '#kernel'
import type { ReadPoll } from './stored-poll.server.ts'

export function weightRollOf(poll: string, units: readonly { readonly token: string }[]): Uint8Array {
  return canonicalBytes({ v: 1, poll, unitCount: units.length })
}

export function boardOf(poll: string, read: ReadPoll): Uint8Array {
  return canonicalBytes({ v: 1, poll, ballots: read.rows.map(({ seq }) => ({ seq })) })
}
