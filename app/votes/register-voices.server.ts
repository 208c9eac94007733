/**
 * What is registered beside the roll while a poll runs: deliveries (rule 18), written proxies (rule 9), representatives of
 * co-owned units (rule 10) and sales (rule 5). Each is one transaction with its leaf; documents stand as salted digests.
 */
import type { Result } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { PollRefusal, VotingCommunity } from './poll-access.server.ts'

export type DeliveryMethod = 'handed' | 'posted-at-door' | 'registered-mail' | 'message'

export type RegisterRefusal =
  | PollRefusal
  | { readonly code: 'unit-unknown'; readonly unit: string }
  | { readonly code: 'units-missing' }
  | { readonly code: 'already-delivered'; readonly unit: string }
  | { readonly code: 'document-missing' }
  | { readonly code: 'document-kind-unknown' }
  | { readonly code: 'document-too-large'; readonly limitBytes: number }
  | { readonly code: 'person-unknown' }
  /** An owner of the unit needs no proxy for it. */
  | { readonly code: 'proxy-is-owner' }
  | { readonly code: 'already-registered' }
  /** The proxy already acts for as many owners as the policy allows. */
  | { readonly code: 'proxy-limit'; readonly limit: number }
  /** Only a co-owner of a co-owned unit can be its representative. */
  | { readonly code: 'not-a-co-owner' }
  | { readonly code: 'not-the-holder' }

/** Records that the ballots of units were delivered, in one leaf. Needs `ballot:deliver`; from notice to close. */
export async function recordDelivery(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: {
    readonly pollId: string
    readonly units: readonly string[]
    readonly method: DeliveryMethod
    /** Photograph or receipt; null when there is none. */
    readonly evidence: Uint8Array | null
  },
): Promise<Result<{ readonly leafIndex: number }, RegisterRefusal>> {
  throw new Error('not built yet')
}

/** Registers a written proxy (授权委托书) for a unit. Needs `proxy:register`; from notice to close. */
export async function registerProxy(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: {
    readonly pollId: string
    readonly unit: string
    readonly proxyPerson: string
    readonly document: Uint8Array
  },
): Promise<Result<{ readonly leafIndex: number }, RegisterRefusal>> {
  throw new Error('not built yet')
}

/** Names the co-owner who decides for a unit, once per poll. Needs `proxy:register`; from notice to close. */
export async function nameRepresentative(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: {
    readonly pollId: string
    readonly unit: string
    readonly person: string
    readonly document: Uint8Array
  },
): Promise<Result<{ readonly leafIndex: number }, RegisterRefusal>> {
  throw new Error('not built yet')
}

/** Registers a sale: the buyer holds the seller's share from this instant on. Needs `proxy:register`; from notice to close. */
export async function registerTransfer(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: {
    readonly pollId: string
    readonly unit: string
    readonly fromPerson: string
    readonly toPerson: string
    readonly document: Uint8Array
  },
): Promise<Result<{ readonly leafIndex: number }, RegisterRefusal>> {
  throw new Error('not built yet')
}

/** Reminds the voters of units without a standing ballot, and nobody else. Needs `ballot:deliver`; gives how many units. */
export async function remindUnits(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string },
): Promise<Result<{ readonly units: number }, PollRefusal>> {
  throw new Error('not built yet')
}
