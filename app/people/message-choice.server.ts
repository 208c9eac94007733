/** On which way a person wants to be told, and how often. The address is sealed, and never shown whole again. */
import type { Tx } from '#db'
import { readMessageChoiceRow, upsertMessageChoice } from '#db/people'
import { err, ok, type Result, utf8 } from '#kernel'
import type { Portal } from '#platform'
import { openSecret, sealSecret } from './factor-secret.server.ts'
import { type MessageChannel, maskedAddress, parseMessageAddress } from './message.ts'
import type { Actor } from './permission.ts'

export interface MessageChoice {
  readonly channel: MessageChannel
  /** Null for none. */
  readonly address: string | null
  readonly isDigest: boolean
}

export type ChoiceRefusal = { readonly code: 'address-malformed' | 'address-missing' }

const NO_CHOICE: MessageChoice = { channel: 'none', address: null, isDigest: false }

/** What a person chose, with the address open: for sending only. */
export async function readMessageChoice(portal: Portal, tx: Tx, userId: string): Promise<MessageChoice> {
  const row = await readMessageChoiceRow(tx, userId)
  if (row === null) return NO_CHOICE
  const sealed = row.sealed_address
  const address =
    sealed === null
      ? null
      : new TextDecoder().decode(await openSecret(portal, sealed, `message address ${userId}`))
  return { channel: row.channel, address, isDigest: row.is_digest }
}

/** What the person signed in chose, as their own page shows it. */
export async function readOwnMessageChoice(portal: Portal, actor: Actor): Promise<MessageChoice> {
  const choice = await readMessageChoice(portal, portal.db, actor.userId)
  return { ...choice, address: choice.address === null ? null : maskedAddress(choice.address) }
}

/** Keeps what the person signed in chose. An empty address keeps the one of the same way. */
export async function chooseMessages(
  portal: Portal,
  actor: Actor,
  choice: { readonly channel: MessageChannel; readonly address: string; readonly isDigest: boolean },
): Promise<Result<void, ChoiceRefusal>> {
  const { channel, isDigest } = choice
  const kept = await readMessageChoice(portal, portal.db, actor.userId)
  let address: string | null = null
  if (channel !== 'none') {
    if (choice.address.trim() === '') address = kept.channel === channel ? kept.address : null
    else {
      const parsed = parseMessageAddress(channel, choice.address)
      if (!parsed.ok) return err({ code: parsed.error })
      address = parsed.value
    }
    if (address === null) return err({ code: 'address-missing' })
  }
  const owner = `message address ${actor.userId}`
  await upsertMessageChoice(portal.db, {
    user_id: actor.userId,
    channel,
    sealed_address: address === null ? null : await sealSecret(portal, utf8(address), owner),
    is_digest: isDigest,
    chosen_at: portal.clock.now(),
  })
  return ok(undefined)
}
