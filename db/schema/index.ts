/** The shape of every table, composed of one file per room. Types only: nothing here runs. */
import type { Kysely } from 'kysely'
import type { AuditTables } from './audit.ts'
import type { ControlChangeTables } from './control-change.ts'
import type { CouncilTables } from './council.ts'
import type { JurisdictionTables } from './jurisdiction.ts'
import type { LedgerTables } from './ledger.ts'
import type { LetterTables } from './letter.ts'
import type { MergeTables } from './merge.ts'
import type { OutboxTables } from './outbox.ts'
import type { OversightTables } from './oversight.ts'
import type { PaymentSignalTables } from './payment-signal.ts'
import type { PeopleTables } from './people.ts'
import type { PlatformTables } from './platform.ts'
import type { PointTables } from './point.ts'
import type { ProjectTables } from './projects.ts'
import type { RetentionTables } from './retention.ts'
import type { RoleChangeTables } from './role-change.ts'
import type { SearchTables } from './search.ts'
import type { SecondFactorTables } from './second-factor.ts'
import type { SmsSignInTables } from './sms-sign-in.ts'
import type { StatementTables } from './statements.ts'
import type { TlogTables } from './tlog.ts'
import type { VoiceTables } from './voice.ts'
import type { VoteTables } from './votes.ts'

export interface Schema
  extends PlatformTables,
    PeopleTables,
    LetterTables,
    MergeTables,
    AuditTables,
    OutboxTables,
    RetentionTables,
    JurisdictionTables,
    OversightTables,
    RoleChangeTables,
    SecondFactorTables,
    SmsSignInTables,
    TlogTables,
    LedgerTables,
    ControlChangeTables,
    PaymentSignalTables,
    PointTables,
    VoteTables,
    VoiceTables,
    ProjectTables,
    StatementTables,
    CouncilTables,
    SearchTables {}

/** What a query takes first: a transaction, or a connection for single reads. */
export type Tx = Kysely<Schema>
