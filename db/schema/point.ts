/** Tables of volunteer points: partners, what takes two people, vouchers and their postings, balances. Types only. */
import type { PointKind } from '#ledger'
import type { Role } from '#people'
import type { Written, WrittenByDefault } from './columns.ts'

interface PointPartnerTable {
  community_id: Written<number>
  partner_id: Written<string>
  name: Written<string>
  registered_by: Written<string>
  registered_office: Written<string>
  registered_at: Written<Date>
  leaf_index: Written<bigint>
}

interface PointPartnerEndTable {
  community_id: Written<number>
  partner_id: Written<string>
  ended_by: Written<string>
  ended_office: Written<string>
  ended_at: Written<Date>
  leaf_index: Written<bigint>
}

interface PointRequestTable {
  community_id: Written<number>
  request_id: Written<string>
  content: Written<Uint8Array>
  content_digest: Written<string>
  proposed_by: Written<string>
  proposed_office: Written<Role>
  proposed_at: Written<Date>
}

interface PointDecisionTable {
  community_id: Written<number>
  request_id: Written<string>
  decision: Written<'confirmed' | 'refused' | 'withdrawn'>
  decided_by: Written<string>
  decided_office: Written<Role>
  decided_at: Written<Date>
}

interface PointVoucherTable {
  community_id: Written<number>
  number: Written<number>
  kind: Written<PointKind>
  points: Written<bigint>
  partner_id: Written<string | null>
  activity: Written<string>
  happened_on: Written<string>
  by_user: Written<string>
  by_office: Written<Role>
  at: Written<Date>
  salt: Written<Uint8Array>
  request_id: Written<string | null>
  form_key: Written<string | null>
  leaf_index: Written<bigint>
}

interface PointPostingTable {
  community_id: Written<number>
  number: Written<number>
  line: Written<number>
  account: Written<string>
  commodity: WrittenByDefault<'POINT'>
  points: Written<bigint>
}

/** Written by a trigger alone. */
interface PointBalanceTable {
  community_id: Written<number>
  account: Written<string>
  points: bigint
}

export interface PointTables {
  point_partner: PointPartnerTable
  point_partner_end: PointPartnerEndTable
  point_request: PointRequestTable
  point_decision: PointDecisionTable
  point_voucher: PointVoucherTable
  point_posting: PointPostingTable
  point_balance: PointBalanceTable
}
