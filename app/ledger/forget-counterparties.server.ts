/** Removes the names of counterparties that have had their time. Vouchers, postings and leaves never held them and stay. */
import type { Tx } from '#db'
import { deleteOldCounterparties } from '#db/ledger'
import type { CivilDate } from '#kernel'

/** Removes those of lines and payments from before a day; gives how many. The caller holds a transaction. */
export function forgetCounterparties(tx: Tx, communityId: number, before: CivilDate): Promise<number> {
  return deleteOldCounterparties(tx, communityId, before)
}
