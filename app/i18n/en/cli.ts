/** Words of the command line, English. */
import type { Translation } from '../translation.ts'
import type { cli as source } from '../zh-cn/cli.ts'

export const cli = {
  usage:
    'Usage: npm run -s portal -- COMMAND [options]\nCommands: import statement verify tally export fsck community demo migrate keys invite sbom',
  unknownCommand: 'no such command: {command}',
  missingOption: 'option {option} is missing',
  communityUnknown: 'no such community: {community}',
  periodUnknown: 'not a month (write it like 2026-06): {period}',
  formatUnknown: 'no such export format: {format} (there are beancount, hledger, csv and json)',
  databaseInUse:
    'the embedded database is in use by another program: stop the portal (npm start) first, or set DATABASE_URL',
  accountUnknown: 'no such bank account: {account} (there are {known})',
  written: 'written to {path}',
  demoExists: 'the demo community is already there',
  demoPartial: 'the demo community was cut off while it was being made: remove {directory} and try again',
  demoSeeded:
    'the demo community is there; sign in as any of these (login, password, secret of the authenticator, name):',
  demoCodes: 'No authenticator? npm run -s portal -- demo --code LOGIN gives the six digits of now.',
  migrated: 'the database is up to date ({count} {count|migration|migrations} applied now)',
  fsckClean:
    '{community}: {vouchers} {vouchers|voucher|vouchers}, {leaves} log {leaves|entry|entries}, {statements} {statements|statement|statements}: all in order',
  fsckFinding: '{community}: {invariant}: {reference}: {found}',
  keysAt: 'keys are in {directory}',
  statementRefused: 'the statement of {period} cannot be issued: {code}',
  noClosedPeriod: 'no month is closed yet',
  invited: 'invitation code (shown once): {code}',
  inviteRefused: 'cannot invite: {code}',
} satisfies Translation<typeof source>
