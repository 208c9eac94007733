/** English of `zh-cn/log.ts`. */
import type { Translation } from '../translation.ts'
import type { log as source } from '../zh-cn/log.ts'

export const log = {
  title: 'Transparency log',
  lead: 'Every voucher, every closing and every statement leaves a record here. Records can only be added: none can be removed, exchanged or slipped in.',
  nowTitle: 'As it stands',
  size: 'Signed records',
  sizeValue: '{count}',
  root: 'Root hash',
  signedAt: 'Newest checkpoint signed at',
  origin: 'Name of the log',
  key: 'Public key',
  keyText:
    "The owners' committee keeps a copy of this key; compare it with the notice board. With another key nothing verifies.",
  none: 'No checkpoint has been signed yet',
  noneText: 'The first one is signed a few seconds after the first record.',
  checkpointTitle: 'The newest checkpoint',
  checkpointText:
    'A checkpoint is the log at one moment, signed with its key. Copy it or photograph it: whoever changes history later is found out.',
  checkpointDownload: 'Download the checkpoint',
  whatTitle: 'How it keeps the books from being changed',
  what1:
    'Each record gives a hash, hashes are joined two by two, and the last one is the root. If any record changes, the root changes.',
  what2:
    'The root is signed and published. Every later checkpoint must prove that it contains all that came before.',
  what3: 'Records hold no personal data: people stand in them as salted hashes.',
  howTitle: 'Check it yourself',
  how1: 'Download the checkpoint and verify its signature with the key above.',
  how2: 'Take all records from the addresses below (format c2sp.org/tlog-tiles), compute the root yourself and compare it with the checkpoint.',
  how3: 'Keep the checkpoint of today. When you come again, ask for proof that the new one contains it.',
  addresses: 'Addresses',
  addressCheckpoint: 'Checkpoint',
  addressTiles: 'Hash tree',
  addressEntries: 'Records',
  omitNew: 'Records that are posted and not yet covered by a checkpoint (usually a few seconds)',
  healthLink: 'Health of the books',
} as const satisfies Translation<typeof source>
