/** Reading bank, WeChat and Alipay files: what is wrong, where, and what to do about it. Keys end in the problem's code. */
export const bankImport = {
  'place.file': '{file}：',
  'place.line': '{file} 第{line}行：',
  'place.cell': '{file} 第{line}行「{column}」：',
  'side.all': '总',
  'side.in': '收入',
  'side.out': '支出',
  'side.neutral': '不计收支',

  'problem.file-empty': '文件是空的，没有任何内容。请从网上银行重新下载后再导入。',
  'problem.file-too-large': '文件有 {bytes} 字节，超过上限 {limit} 字节。请按月分段导出后再导入。',
  'problem.file-truncated':
    '编码/截断：最后一行不完整（应有 {expected} 列），文件可能没有下载完。请重新下载。',
  'problem.encoding-broken':
    '编码/截断：行 {line} 的字节不是完整的 {encoding} 文字，文件可能没有下载完或被转码改坏。请重新下载，不要用记事本另存。',
  'problem.nul-byte': '含有空字节，不是文本对账单。请从网上银行重新导出 CSV 或 Excel。',
  'problem.line-too-long': '这一行超过 {limit} 个字符，不是对账单。请重新导出。',
  'problem.too-many-rows': '行数超过上限 {limit}。请按月分段导出后再导入。',
  'problem.too-many-columns': '列数超过上限 {limit}，不是对账单。请重新导出。',
  'problem.csv-quotes-broken': '引号不成对，无法确定各列。请重新下载原始文件，不要手工编辑。',
  'problem.csv-quote-swallows-lines':
    '一个多余的引号把直到第{lastLine}行的内容吞进了一格。请重新下载原始文件，不要手工编辑。',
  'problem.format-pdf': '暂不支持 PDF。请在网上银行改选「CSV」或「Excel」导出。',
  'problem.format-image': '暂不支持图片或照片。请在网上银行导出「CSV」或「Excel」。',
  'problem.format-archive':
    '这是压缩包。请先解压（微信、支付宝的解压密码在短信或应用内），再导入里面的文件。',
  'problem.format-mt940': '暂不支持 MT940。请改用网上银行的「CSV」或「Excel」明细导出。',
  'problem.format-camt': '暂不支持 CAMT.053。请改用网上银行的「CSV」或「Excel」明细导出。',
  'problem.format-ofx': '暂不支持 OFX。请改用网上银行的「CSV」或「Excel」明细导出。',
  'problem.format-unknown': '这不是对账单文件。请导入网上银行、微信或支付宝导出的 CSV、XLS 或 XLSX。',
  'problem.markup-dtd': '文件里含有 XML 或 HTML 的实体声明，可能有害，未读取。请重新导出。',
  'problem.markup-broken': '网页格式的文件里没有可读的单层表格。请改选「CSV」或「Excel」导出。',
  'problem.workbook-broken': '工作簿损坏，打不开。请重新下载，或在 Excel 中另存为 XLSX 后再导入。',
  'problem.workbook-encrypted': '工作簿设了密码。请在 Excel 中去掉密码后再导入。',
  'problem.workbook-too-large': '工作簿解压后过大，未读取。请按月分段导出后再导入。',
  'problem.workbook-too-slow': '工作簿在 {seconds} 秒内没有读完，已停止。请按月分段导出后再导入。',
  'problem.workbook-no-visible-sheet': '工作簿里没有可见的工作表。请取消隐藏后再导入。',
  'problem.layout-unknown':
    '认不出表头（共 {rows} 行）。请会计在网页「导入银行流水」里指明日期、金额等各在哪一列，业委会看过预览同意后才能导入；以后同一表头不用再问。',
  'problem.mapping-unfit': '所选的列对应与这个文件不合。请重新对应：日期一列，金额一列或收支两列，互不重复。',
  'problem.date-missing': '日期是空的。请补上日期或删去这一行后重新导出。',
  'problem.date-malformed': '日期「{value}」不存在或写法不对。请改为 2025-03-08 这样的日期。',
  'problem.date-serial': '日期「{value}」像是 Excel 的日期序号，不能当日期。请把该列设为日期格式后重新导出。',
  'problem.date-ambiguous': '日期「{value}」分不清年月日。请改为 2025-03-08 这样的日期。',
  'problem.date-future': '日期「{value}」晚于今天（{asOf}）。请核对年份。',
  'problem.time-malformed': '时间「{value}」不对。请改为 09:30:00 这样的时间。',
  'problem.amount-missing': '没有金额。请补上，或删去不是流水的行。',
  'problem.amount-malformed': '金额「{value}」看不懂。请改为 1234.56 这样的数字。',
  'problem.amount-sub-fen': '金额「{value}」的小数超过两位（不足一分），不能四舍五入。请向银行核对原数。',
  'problem.amount-too-large': '金额「{value}」大得不合理。请核对。',
  'problem.amount-both-sides': '同一行既有收入又有支出（{value}）。请核对是否错列。',
  'problem.balance-malformed': '余额「{value}」看不懂。请核对是否错列。',
  'problem.direction-missing': '看不出「{value}」是收入还是支出。请到「手工对应列」页指明收支列。',
  'problem.row-too-wide': '比表头（{expected} 列）多出内容「{extra}」，可能错列。请核对是否有多余的逗号。',
  'problem.formula-uncached': '公式没有保存结果，本系统不计算公式。请在 Excel 中打开、保存后再导入。',
  'problem.total-mismatch':
    '合计不符：文件写明{side} {stated}，逐行相加为 {counted}，相差 {difference}。请核对是否缺行；确认后才会入账。',
  'problem.count-mismatch':
    '合计不符：文件写明{side}笔数 {stated}，实有 {counted} 笔。请核对是否缺行；确认后才会入账。',
  'problem.balance-break':
    '余额不连续：接第{previousLine}行应为 {expected}，文件为 {stated}，相差 {difference}。请核对中间是否缺行；确认后才会入账。',
  'problem.opening-mismatch':
    '余额不连续：文件写明期初 {stated}，由首笔推算为 {derived}，相差 {difference}。请核对；确认后才会入账。',
  'problem.closing-mismatch':
    '余额不连续：文件写明期末 {stated}，末笔余额为 {derived}，相差 {difference}。请核对；确认后才会入账。',
  'problem.account-mismatch':
    '账号不一致：文件是 {stated}，要导入的账户是 {expected}。请核对是否选错文件；确认后才会入账。',
  'problem.account-mixed':
    '账号不一致：文件前面是 {account}，这一行是 {other}。请按账户分别导出；确认后才会入账。',
  'problem.direction-unknown': '收支「{value}」不认识，暂按不计收支。请核对；确认后才会入账。',
  'problem.other-sheets': '工作簿还有其他可见工作表（{sheets}）没有读。请分别另存后导入；确认后才会入账。',
  'problem.duplicate-line': '与第{firstLine}行完全相同（流水号 {serial}），只计一次。',
  'problem.serial-reused': '有 {count} 行与前面的行流水号相同但内容不同，均已保留：第 {lines} 行。请留意。',
  'problem.balance-masked': '余额被遮盖，无法核对连续性（{count} 行）。',
  'problem.identifier-rounded':
    '长号码被 Excel 存成数字，末几位已失真，未采用（第 {lines} 行）。请把该列设为文本后重新导出。',
  'problem.currency-foreign': '有 {count} 行不是人民币（{currency}），不能直接入账：第 {lines} 行。',
  'problem.not-settled': '有 {count} 行没有真正收付（{status}），不入账：第 {lines} 行。',
  'problem.hidden-rows': '有 {count} 个隐藏行，已一并读入：第 {lines} 行。',
  'problem.hidden-sheets': '隐藏的工作表没有读：{sheets}。',
  'problem.statement-empty': '只有表头，没有流水。这一段时间没有收付时属正常。',

  'cli.usage':
    '用法：npm run -s portal -- import 文件... [--community 小区] [--account 账户] [--dry-run] [--json]',
  'cli.unreadable': '读不到这个文件。请核对路径和权限。',
  'cli.summary':
    '{file}：{outcome}，{layout}，{rows} 行；收入 {rowsIn} 笔 {sumIn} 元，支出 {rowsOut} 笔 {sumOut} 元，不计收支 {rowsNeutral} 笔',
  'outcome.accept': '可以导入',
  'outcome.hold': '待确认',
  'outcome.reject': '不能导入',
} as const
