/** Until the hidden weights are merged: the same calls with bytes that hide nothing and hold nothing. */
import { canonicalBytes } from '#kernel'

export function weightRollOf(poll: string, units: readonly { readonly token: string }[]): Uint8Array {
  return canonicalBytes({ v: 1, poll, unitCount: units.length })
}

export function boardOf(poll: string, ballots: readonly { readonly seq: number }[]): Uint8Array {
  return canonicalBytes({ v: 1, poll, ballots: ballots.map(({ seq }) => ({ seq })) })
}
