/** Words of the verify page and of the verifier that is kept as one file, in English. */
import type { Translation } from '../translation.ts'
import type { verifyPage as source } from '../zh-cn/verify-page.ts'

export const verifyPage = {
  title: 'Verify a statement',
  lead: 'Choose a PDF and know at once whether it is genuine and unchanged. The file never leaves your device; once this page is open, it works without a network.',
  contains: 'This page holds no accounts; for those, see a verified statement and the voucher pages.',
  claimTitle: 'The paper in your hand',
  claimText:
    'The QR code says: {community}, {period}, statement of funds, version {version}, no. {id}, digest beginning {digest}.',
  claimTextMinutes:
    'The QR code says: {community}, minutes of a meeting, version {version}, {id}, digest beginning {digest}.',
  claimTextVote:
    'The QR code says: {community}, certificate of a count, version {version}, no. {id}, digest beginning {digest}.',
  claimTextUnknown: 'The QR code says: no. {id}, digest beginning {digest}.',
  claimUnreadable:
    'The QR code makes no sense: it was not printed by this system, or the address was mistyped.',
  claimCurrent: 'This portal issued this version, and there is no newer one at present',
  claimSuperseded: 'This version is void: version {version} corrects and replaces it',
  claimOtherDigest:
    'The number exists, but its digest is not the one published here: the paper may be forged',
  claimUnknown: 'This portal never issued that number',
  claimUnknownText: "Check that the address on the paper is your community's own site.",
  claimHow:
    'That is only what this site says. To verify it yourself, download the PDF of this version and choose it below; the result says whether it matches the QR code.',
  claimDownload: 'Download the PDF of this version',
  claimDownloadNewer: 'Download the corrected PDF',
  chooseTitle: 'Choose files to verify',
  chooseLabel: 'Choose a statement PDF',
  chooseHint:
    'Several at once are fine: statements, certificates of a count (PDF), receipts of ballots (JSON), and a list of corrections if you have one. On a computer you can drop files here.',
  chooseDrop: 'Let go to verify',
  waiting:
    'The verifier is getting ready. If no button to choose a file appears here, use one of the ways below.',
  withoutScript:
    'Your browser runs no scripts, so this page cannot verify. Use the command line below, or another browser.',
  insecure:
    'This address is not encrypted (no https), and browsers do not let such a page verify. Use the https address, or download the single-file verifier.',
  tooOld: 'This browser is too old to verify. Update it, or use another one.',
  working: 'Verifying {count} {count|file|files}…',
  finished: '{count} {count|file|files} done: {valid} verified, {superseded} void, {invalid} not verified.',
  finishedOne: '{name}: {verdict}.',
  finishedBeside:
    '{count} other {count|file is|files are} no {count|statement|statements} and {count|was|were} not verified.',
  nothingChosen: 'No PDF to verify.',
  listTaken: 'The list of corrections was read; every file from now on is compared with it.',
  failed: 'The verification did not finish; please try again. This says nothing about the file.',
  notPdfTitle: 'This is not a PDF file',
  notPdfText:
    'Choose the original PDF of the statement. Photos, screenshots, scans and Word files carry no seal and cannot be verified.',
  emptyTitle: 'This file is empty',
  emptyText: 'The download probably did not finish; try it again.',
  tooLargeTitle: 'The file is too large',
  tooLargeText: 'No statement is larger than {size} MB: this is not the original.',
  badListTitle: 'This JSON is neither a list of corrections nor the receipt of a ballot',
  badListText:
    'Lists of corrections are downloaded from this page; the data of a statement (JSON) is verified with its PDF only.',
  unreadableTitle: 'The file cannot be read',
  unreadableText: 'It may have been moved, or the device does not allow it. Choose it again.',
  resultOf: 'File: {name}',
  supersededTitle: 'Void',
  supersededText:
    'This file is genuine and unchanged, but a correction has replaced it. See the corrected one.',
  matchesPaper: 'The same statement as the QR code on the paper says',
  differsFromPaper: 'Not the statement that the QR code on the paper says',
  says: 'What this file says',
  saysUnproven: 'What is written in the file (not proved: do not believe it)',
  saysSuperseded: 'The figures before they became void',
  statementName: '{community}, {period}: statement of funds',
  statementVersion: 'Version {version}, no. {id}',
  monthFigures: 'Total of the month',
  opening: 'Opening',
  received: 'In',
  spent: 'Out',
  closing: 'Closing',
  sealed: 'Who sealed it',
  authorityKey: "Fingerprint of the authority's key",
  authorityCompare:
    "Compare it with the notice board, character by character: only if it is the same, it is your community's seal.",
  sealKey: "Fingerprint of the seal's key",
  signer: 'Sealed by',
  claimedAt: 'Time claimed by the seal',
  timestampedAt: 'Trusted timestamp',
  dataDigest: 'Digest of the figures',
  log: 'Transparency log',
  logPlace: '{origin}, entry {index}',
  checkedAt: "Verified at (this device's clock)",
  checkedWith: 'Keys used',
  keysOwn: 'those of this page',
  keysPasted: 'those you entered',
  wrong: 'What is wrong',
  allFacts: 'Check by check',
  factsCount: '{good} hold, {bad} do not',
  factGood: 'Holds: ',
  factBad: 'Does not hold: ',
  factPlace: 'At: {place}',
  limits: 'What this does not prove',
  keysTitle: 'Compare the keys',
  keysLead:
    "A seal is as good as its key. Compare these fingerprints with the notice board and the owners' committee's copy, character by character; if they differ, do not trust this site.",
  authority: "Authority's key",
  logKeys: 'Keys of the transparency logs',
  keysDownload: "Authority's certificate (PEM)",
  keysField: 'Verify with keys from elsewhere (advanced)',
  keysPaste: 'Paste certificates or log keys',
  keysPasteHint:
    'Certificates begin with -----BEGIN CERTIFICATE-----; log keys stand one on a line. A kind you enter here replaces that kind of this page.',
  keysPasteBad: 'There is no certificate or log key in this that could be read; it was not used.',
  offlineTitle: 'Keep it on a USB stick',
  offlineText:
    'The whole verifier is one file. Once saved, it needs this site no more: open it with a double click, without a network.',
  offlineDownload: 'Download the single-file verifier ({size} kB)',
  offlineDigest: 'SHA-256 of that file',
  offlineDigestHint:
    "Before verifying on somebody else's computer, compare it: so you know the verifier was not replaced.",
  listTitle: 'Lists of corrections',
  listText:
    'All statements that became void, each with its proof. With it, an old statement shows as void even without a network.',
  listOf: 'Corrections of {community}',
  commandTitle: 'On the command line',
  commandText: 'On a computer with this program: no network, no database.',
  commandText2: "Other people's tools do as well: both of these read the same seal.",
  commandHint: 'pdfsig exits 0 for changed files too: read what it prints.',
  standaloneTitle: 'Mingzhang statement verifier',
  standaloneType: 'Type size',
  standaloneTagline: 'One file, no network',
  standaloneKeys: 'Fingerprints of the keys inside',
  standaloneNoScript: 'Please let the browser run the script in this file. It uses no network.',
} satisfies Translation<typeof source>
