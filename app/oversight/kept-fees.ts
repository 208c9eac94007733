/** A month's fees as the nightly check keeps them, there and back: one comparison or the other. Pure. */
import { type Fen, fen, period, ZERO_FEN } from '#kernel'
import type { FeeMonth } from './fee-trend.ts'

/** The columns of a kept check that are about fees, in fen. */
export interface KeptFees {
  /** Null in a community's first month. */
  readonly fee_period: string | null
  readonly fee_received_fen: bigint
  readonly fee_planned_fen: bigint
  readonly fee_due_fen: bigint | null
  readonly fee_collected_fen: bigint | null
  readonly fee_advance_fen: bigint | null
  readonly fee_past_fen: bigint | null
}

/** What is kept of a month. */
export function keptFees(month: FeeMonth | null): KeptFees {
  const collection = month?.collection ?? null
  return {
    fee_period: month?.period ?? null,
    fee_received_fen: month?.planned?.receivedFen ?? ZERO_FEN,
    fee_planned_fen: month?.planned?.plannedFen ?? ZERO_FEN,
    fee_due_fen: collection?.dueFen ?? null,
    fee_collected_fen: collection?.collectedFen ?? null,
    fee_advance_fen: collection?.advanceFen ?? null,
    fee_past_fen: collection?.pastFen ?? null,
  }
}

/** The month that was kept; null where there was none. */
export function feesKeptIn(kept: KeptFees): FeeMonth | null {
  if (kept.fee_period === null) return null
  const amount = (value: bigint | null): Fen => fen(value ?? 0n)
  const collection =
    kept.fee_due_fen === null
      ? null
      : {
          dueFen: amount(kept.fee_due_fen),
          collectedFen: amount(kept.fee_collected_fen),
          advanceFen: amount(kept.fee_advance_fen),
          pastFen: amount(kept.fee_past_fen),
        }
  return {
    period: period(kept.fee_period),
    collection,
    planned:
      collection === null
        ? { receivedFen: amount(kept.fee_received_fen), plannedFen: amount(kept.fee_planned_fen) }
        : null,
  }
}
