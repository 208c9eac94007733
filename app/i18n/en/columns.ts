/** Words of the columns of a bank file in an unknown layout, in English. */
import type { Translation } from '../translation.ts'
import type { columns as source } from '../zh-cn/columns.ts'

export const columns = {
  stepPropose: 'Look at the preview, then ask the owners’ committee',
  stepProposeText:
    'This is what comes out with the columns you chose. Compare money in, money out and balances with the bank’s own paper. The committee sees the same preview; only with its consent can the file be imported.',
  reason: 'A word for the committee',
  reasonHint: 'For example: statements of the new bank, column 2 is money in. Public; no private names.',
  propose: 'Like this; ask the committee',
  remap: 'Wrong columns; choose again',
  waitsTitle: 'Waiting for the owners’ committee to confirm the columns',
  waitsText: '{names} were asked. Before that no line is imported.',
  comma: ', ',
  waitsNobody: 'Nobody on the committee can confirm now. Appoint a chair or a treasurer first.',
  decideTitle: 'Please confirm: is the file read right like this?',
  decideText:
    'Look at the lines below: are money in and out exchanged, was a balance taken for an amount? Once you agree, files with the same header are read like this without asking again.',
  agree: 'Right, read it like this',
  refuse: 'Not right, send back',
  refuseMore: 'Not right: send it back',
  note: 'What is wrong',
  noteHint: 'For example: column 3 is money out, not in.',
  refusedTitle: 'The columns were sent back; choose again',
  refusedText: '{role} {name}: {note}',
  withdrawnTitle: 'The columns were taken back; choose again',
  usedTitle: 'This file is read by columns that both sides agreed to',
  look: 'Look at the preview, then decide',
  task: 'Confirm the columns of a bank file: {reason}',
  taskNote: 'The columns of a bank file wait for you to look and agree',
  changeTask: 'Confirm a change: {change}',
  changeTaskNote: 'The other side proposed it; you agree or not',

  publicTitle: 'How bank files are read',
  publicLead:
    'Where the program does not know the header of a bank’s file, the bookkeeper names its columns, and the owners’ committee looks at the preview and agrees before anything is imported. Each time is listed here.',
  none: 'No columns were ever named by hand: the program knows the headers of all files.',
  column: 'Column {column} is “{role}”',
  forHeader:
    'Later files of the same account with the same header are read alike. A changed header is confirmed anew.',
  forFileOnly: 'Without a header: for this one file only.',
  figures: '{rows} {rows|line|lines}, {in} in, {out} out',
  between: '{from} to {to}',
  balances: 'opening balance {opening}, closing balance {closing}',
  chainOk: 'every balance follows from the one before',
  chainBroken: 'the balances do not follow from one another',
  chainNone: 'the file has no balances to check',
  file: 'Digest of the file',
} as const satisfies Translation<typeof source>
