/** Words of the command line, English. */
import type { Translation } from '../translation.ts'
import type { cli as source } from '../zh-cn/cli.ts'

export const cli = {
  usage:
    'Usage: npm run -s portal -- COMMAND [options]\nCommands: import statement verify tally export recompute fsck community demo migrate keys invite jurisdiction sample sbom',
  unknownCommand: 'no such command: {command}',
  missingOption: 'option {option} is missing',
  communityUnknown: 'no such community: {community}',
  periodUnknown: 'not a month (write it like 2026-06): {period}',
  formatUnknown: 'no such export format: {format} (there are beancount, hledger, csv, json and archive)',
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
  jurisdictionUsage:
    'Usage: jurisdiction list; add --level district, subdistrict or neighbourhood --code CODE --name NAME --name-en NAME [--in PARENT]; place --community C --in NEIGHBOURHOOD; grid --community C --id GRID --name NAME --places BUILDING,BUILDING/ENTRANCE; invite --in CODE --name NAME --title POST [--until DATE]; appoint --in CODE --login LOGIN --title POST [--until DATE]; end --in CODE --login LOGIN [--until LAST-DAY]',
  sampleRefused: 'Nothing can be drawn: {code}',
  jurisdictionRefused: 'This cannot be set up so: {code}',
  fileUnreadable: 'the file cannot be read: {path}',
  pollUnknown: 'no such poll, or it is not counted yet: {poll}',
  logUnpublished: 'the log has no signed checkpoint yet: there is no archive',
  notAnArchive: 'not an archive of this system, or of a version that is not known: {path}',
  'unpack.zip-too-large': 'too large to be opened: {path}',
  'unpack.zip-too-many': 'too many files in the zip: {path}',
  'unpack.zip-names': 'a file name in the zip that does not belong there, or twice the same: {path}',
  'unpack.zip-broken': 'not a sound zip file: {path}',
  recomputeUsage: 'Usage: recompute ARCHIVE.zip [--against OLDER.zip] [--vkey KEY] [--json]',
  recomputeHolds: '{community}: every figure of the archive was made again, and all of it holds',
  recomputeFails: '{community}: something in the archive does not hold, see the crossed lines below',
  recomputeLog: '{leaves} log {leaves|entry|entries}, root made again: {root}',
  recomputeSigned: 'the checkpoint is signed by this key: {key}',
  recomputeOwnKeys:
    'the keys are the archive’s own: compare the key’s number with the notice board, or give your own with --vkey',
  archiveReadme:
    'Mingzhang public archive\n\nThis zip holds what anybody may see: no name, no area of a single home, nothing of who chose what. The command recompute makes every figure and proof in it again, without a database and without the network. You can also write your own:\n\nmanifest.json: length and SHA-256 of every file.\nlog/leaves.jsonl: the transparency log, one leaf a line, in order; the hash of a leaf is SHA-256(0x00 and the line), of two nodes SHA-256(0x01, left, right) (RFC 6962).\nlog/checkpoint.txt: name, size and root of the log, signed (C2SP signed-note).\nlog/keys.txt: the public key of the log. Compare it with the notice board; do not believe this file alone.\nledger/record.json: accounts, vouchers, postings, balances; amounts in fen as decimal text. Every voucher names its place in the log (leafIndex) and its digest.\npolls/POLL/motion.json: the motion as frozen at notice; its digest is in the leaf vote.notice.\npolls/POLL/policy.json: every switch of the rules and the version they come from; its digest is there too.\npolls/POLL/roll.json: units, buildings, areas and their source, no owner. Areas in 0.01 m2.\npolls/POLL/weights.json: hidden areas: a token per unit with a commitment to its area; only the sum is open.\npolls/POLL/board.json: the public count: every ballot opened by its token (choice, salt, whether it counts and why not), and for every question and group of choices units, area, heads and what opens the commitments. Groups below 5 are merged first.\npolls/POLL/counts.jsonl: the results as posted, one question a line.\n\nWhat it cannot prove: that nothing was left out of the books; that areas are registered rightly; the operator knows every home’s area and choice. See docs/public-count.md in the source.\n',
} satisfies Translation<typeof source>
