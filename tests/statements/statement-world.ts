/** A small fictional community with its log and its keys, from which the statements of these tests are issued. */

import { translate } from '#i18n'
import { civilDate, concatBytes, type Fen, fen, period, sha256, sha256Hex, sumFen, utf8 } from '#kernel'
import { formatCheckpoint, formatProof, formatVkey, hashLeaf } from '#tlog'
import { createLogSigner } from '#tlog/server'
import {
  certificatePem,
  issueCertificate,
  type KeyedCertificate,
  signerOf,
} from '../../app/statements/create-sealing-keys.server.ts'
import {
  buildFundStatement,
  encodeFundStatement,
  type StatementSource,
} from '../../app/statements/fund-statement.ts'
import { renderFundStatement } from '../../app/statements/render-fund-statement.server.ts'
import { type Signer, sealPdf } from '../../app/statements/seal.server.ts'
import { type RenderInput, type Say, SEAL_RECT } from '../../app/statements/sealed-frame.server.ts'
import { encodeStatementLeaf } from '../../app/statements/statement-leaf.ts'
import type { VerifyOptions } from '../../app/statements/verify.ts'

export const say: Say = (key, values) =>
  (translate('zh-CN') as (key: string, values?: Readonly<Record<string, string>>) => string)(
    `statements.${key}`,
    values,
  )

export const ORIGIN = 'log.example.org/c/demo'
export const NOW = new Date('2026-08-01T02:00:00Z')
export const SEALED_AT = new Date('2026-07-05T10:01:00Z')

/** `1234.50` yuan in fen. */
export function yuan(text: string): Fen {
  return fen(BigInt(text.replace('.', '')))
}

const turnover = (opening: string, received: string, spent: string) => ({
  openingFen: yuan(opening),
  inFen: yuan(received),
  outFen: yuan(spent),
  closingFen: fen(yuan(opening) + yuan(received) - yuan(spent)),
})

const IN = [
  ['4001', '物业服务费（当期）', '186420.00', '1093350.50', '2236800.00'],
  ['4002', '物业服务费（清欠）', '12860.50', '64310.00', '120000.00'],
  ['4101', '车位费（固定）', '42000.00', '252000.00', '504000.00'],
  ['4102', '车位费（临停）', '9873.00', '61204.00', '110000.00'],
  ['4201', '电梯广告', '18000.00', '36000.00', '36000.00'],
  ['4301', '银行利息', '312.08', '1874.31', null],
] as const
const OUT = [
  ['5001', '工资（秩序维护）', '68400.00', '410400.00', '820800.00'],
  ['5002', '工资（保洁绿化）', '41250.00', '247500.00', '495000.00'],
  ['5101', '公共水电', '23187.66', '131902.44', '280000.00'],
  ['5201', '电梯维护保养', '15600.00', '93600.00', '187200.00'],
  ['5202', '零星维修', '31240.00', '96480.00', '90000.00'],
  ['5301', '受托人酬金', '18642.00', '109335.05', '223680.00'],
  ['5901', '划转社区基金', '900.00', '1800.00', '1800.00'],
] as const

/** The figures of June 2026: a trust fund, a project fund and a community fund. */
export function juneSource(changes: Partial<StatementSource> = {}): StatementSource {
  const sum = (rows: readonly (readonly [string, string, string, string, string | null])[], column: 2 | 3) =>
    sumFen(rows.map(row => yuan(row[column])))
  const trust = (opening: bigint, column: 2 | 3) => ({
    openingFen: fen(opening),
    inFen: sum(IN, column),
    outFen: sum(OUT, column),
    closingFen: fen(opening + sum(IN, column) - sum(OUT, column)),
  })
  const closing = 126_540_388n
  const fundClosing = closing + 3_600_000n + 1_980_000n
  const category =
    (direction: 'in' | 'out') =>
    ([account, name, month, year, budget]: readonly [string, string, string, string, string | null]) => ({
      fund: 'trust',
      account,
      name,
      direction,
      monthFen: yuan(month),
      yearToDateFen: yuan(year),
      ...(budget !== null && { budgetFen: yuan(budget) }),
      ...(account === '5901' && { betweenFunds: true as const }),
    })
  return {
    community: { slug: 'demo', name: '示范小区（虚构）', logOrigin: ORIGIN },
    period: period('2026-06'),
    version: 1,
    issuedAt: new Date('2026-07-05T10:00:00Z'),
    reconciledThrough: civilDate('2026-06-30'),
    funds: [
      {
        code: 'trust',
        kind: 'trust-fund',
        name: '信托基金',
        month: trust(closing - sum(IN, 2) + sum(OUT, 2), 2),
        yearToDate: trust(closing - sum(IN, 3) + sum(OUT, 3), 3),
      },
      {
        code: 'lift-2026',
        kind: 'restricted-project',
        name: '3号楼电梯更新专款',
        month: turnover('48000.00', '0.00', '12000.00'),
        yearToDate: turnover('0.00', '60000.00', '24000.00'),
      },
      {
        code: 'community',
        kind: 'community-fund',
        name: '社区基金',
        month: turnover('18900.00', '900.00', '0.00'),
        yearToDate: turnover('18000.00', '1800.00', '0.00'),
      },
    ],
    categories: [
      ...IN.map(category('in')),
      ...OUT.map(category('out')),
      {
        fund: 'lift-2026',
        account: '4501',
        name: '四个一点：居民筹',
        direction: 'in',
        monthFen: fen(0n),
        yearToDateFen: yuan('60000.00'),
      },
      {
        fund: 'lift-2026',
        account: '5501',
        name: '工程进度款',
        direction: 'out',
        monthFen: yuan('12000.00'),
        yearToDateFen: yuan('24000.00'),
      },
      {
        fund: 'community',
        account: '4901',
        name: '信托基金划入',
        direction: 'in',
        monthFen: yuan('900.00'),
        yearToDateFen: yuan('1800.00'),
        betweenFunds: true,
      },
    ],
    reconciliation: [
      {
        bankAccount: { name: '中国工商银行示范支行', last4: '6417' },
        bookBalanceFen: fen(fundClosing - 250_000n - 3_600_000n),
        bankBalanceFen: fen(fundClosing - 250_000n - 3_600_000n + 128_000n - 9_900n + 360n),
        items: [
          {
            kind: 'bank-received-not-booked',
            on: '2026-06-30',
            amountFen: fen(360n),
            reference: '二季度结息',
          },
          {
            kind: 'booked-received-not-banked',
            on: '2026-06-30',
            amountFen: fen(9_900n),
            reference: '微信收款，次日到账',
          },
          {
            kind: 'booked-paid-not-banked',
            on: '2026-06-30',
            amountFen: fen(128_000n),
            reference: '支票 00412，收款方未提示',
          },
        ],
      },
      {
        bankAccount: { name: '中国建设银行专款户', last4: '0093' },
        bookBalanceFen: fen(3_600_000n),
        bankBalanceFen: fen(3_600_000n),
        items: [],
      },
    ],
    otherHoldings: [
      { account: '1001', name: '库存现金', amountFen: fen(300_000n) },
      { account: '2202', name: '应付水费', amountFen: fen(-50_000n) },
    ],
    vouchers: Array.from({ length: 46 }, (_, index) => ({
      number: `2026-06-${String(index + 1).padStart(3, '0')}`,
      on: `2026-06-${String(1 + Math.floor(index / 2)).padStart(2, '0')}`,
      narration:
        index % 5 === 3
          ? '3号楼2单元电梯轿厢照明更换及控制柜接触器维修，含材料费与夜间抢修人工费'
          : '收业主物业服务费（批量代扣）',
      amountFen: fen(index === 11 ? -86_000n : BigInt(index * 13_579 + 2_050)),
      digest: sha256Hex(utf8(`voucher ${index}`)),
      leafIndex: 120 + index,
    })),
    notContained: [
      { code: 'bank-lines-not-posted', count: 3, amountFen: yuan('1286.40') },
      { code: 'open-challenges', count: 1 },
      { code: 'arrears' },
    ],
    ...changes,
  }
}

/** Keys of a portal and of those who would forge it; made once a run. */
export function createKeys(authorityName = '示范签发机构') {
  const from = new Date('2026-01-01T00:00:00Z')
  const order = (
    commonName: string,
    purpose: 'authority' | 'seal' | 'timestamp',
    notAfter = '2031-01-01',
  ) => ({
    commonName,
    organisation: '示范物业（虚构）',
    notBefore: from,
    notAfter: new Date(`${notAfter}T00:00:00Z`),
    purpose,
  })
  const authority = issueCertificate(order(authorityName, 'authority', '2046-01-01'), null)
  const seal = issueCertificate(order('明账系统签章', 'seal'), authority)
  const twin = issueCertificate(order(authorityName, 'authority', '2046-01-01'), null)
  const twinSeal = issueCertificate(order('明账系统签章', 'seal'), twin)
  return {
    authority,
    seal,
    twin: twinSeal,
    anchor: certificatePem(authority.der),
    signer: signerWith(seal, authority),
    /** The same names from another authority. */
    twinSigner: signerWith(twinSeal, twin),
    expiredSigner: signerWith(
      issueCertificate(order('明账系统签章', 'seal', '2026-07-01'), authority),
      authority,
    ),
    /** Issued by our own leaf certificate. */
    leafAsAuthoritySigner: signerWith(issueCertificate(order('明账系统签章', 'seal'), seal), seal, authority),
    timestampKeySigner: signerWith(issueCertificate(order('时间戳', 'timestamp'), authority), authority),
    authorityAsSigner: signerWith(authority),
  }
}

function signerWith(...chain: readonly KeyedCertificate[]): Signer {
  return signerOf(
    chain.map(certificate => certificate.der),
    chain[0]!.privateKey,
  )
}

const logSigner = createLogSigner(new Uint8Array(32).fill(7), ORIGIN)
export const VKEY = formatVkey(logSigner.key)

/** The proof of a leaf in a log of many other leaves. */
export async function proveInLog(leaf: Uint8Array, origin = ORIGIN, size = 7, index = 4): Promise<string> {
  const leaves = Array.from({ length: size }, (_, other) => (other === index ? leaf : utf8(`leaf ${other}`)))
  const { root, path } = tree(leaves.map(hashLeaf), index)
  const text = formatCheckpoint({ origin, size, root })
  const signer = origin === ORIGIN ? logSigner : createLogSigner(new Uint8Array(32).fill(7), origin)
  return formatProof({ extra: null, index, hashes: path, checkpoint: `${text}\n${await signer.sign(text)}` })
}

/** RFC 6962 §2.1, written once more and naively. */
function tree(hashes: readonly Uint8Array[], index: number): { root: Uint8Array; path: Uint8Array[] } {
  if (hashes.length === 1) return { root: hashes[0]!, path: [] }
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  const left = tree(hashes.slice(0, split), index)
  const right = tree(hashes.slice(split), index - split)
  const root = sha256(concatBytes(Uint8Array.of(1), left.root, right.root))
  return { root, path: index < split ? [...left.path, right.root] : [...right.path, left.root] }
}

export interface Issued {
  readonly statement: Uint8Array
  readonly leaf: Uint8Array
  readonly proof: string
  readonly unsigned: Uint8Array
  readonly pdf: Uint8Array
}

/** Builds, logs, renders and seals. `changes` replaces single inputs of the rendering. */
export async function issue(
  signer: Signer,
  source: StatementSource = juneSource(),
  changes: Partial<RenderInput> = {},
): Promise<Issued> {
  const built = buildFundStatement(source)
  if (!built.ok) throw new Error(JSON.stringify(built.error))
  const statement = encodeFundStatement(built.value)
  const leaf = encodeStatementLeaf(built.value, statement)
  const proof = await proveInLog(leaf)
  const position = { index: 4, size: 7 }
  const input = {
    model: statement,
    leaf,
    proof,
    position,
    lang: 'zh-CN',
    say,
    portalUrl: 'https://mingzhang.example.org',
  }
  const rendered = await renderFundStatement({ ...input, ...changes })
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.error))
  const sealed = await seal(rendered.value, signer)
  return { statement, leaf, proof, unsigned: rendered.value, pdf: sealed }
}

export async function seal(unsigned: Uint8Array, signer: Signer, sealedAt = SEALED_AT): Promise<Uint8Array> {
  const sealed = await sealPdf(unsigned, signer, {
    sealedAt,
    name: '明账系统签章',
    reason: '资金收支公示',
    rect: SEAL_RECT,
  })
  if (!sealed.ok) throw new Error(sealed.error)
  return sealed.value
}

export function trust(anchor: string, changes: Partial<VerifyOptions> = {}): VerifyOptions {
  return { trustAnchors: [anchor], vkeys: [VKEY], now: NOW, ...changes }
}
