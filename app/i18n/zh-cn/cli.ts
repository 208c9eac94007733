/** Words of the command line. Each is printed beside its English twin. */
export const cli = {
  usage:
    '用法：npm run -s portal -- 命令 [选项]\n命令：import statement verify tally export fsck community demo migrate keys invite',
  unknownCommand: '没有这个命令：{command}',
  missingOption: '缺少选项 {option}',
  communityUnknown: '没有这个小区：{community}',
  periodUnknown: '不是月份（应为 2026-06 这样的写法）：{period}',
  formatUnknown: '没有这种导出格式：{format}（可用：beancount、hledger、csv、json）',
  databaseInUse: '内嵌数据库正被另一个程序使用：请先停止门户（npm start），或设置 DATABASE_URL',
  accountUnknown: '没有这个银行账户：{account}（可用：{known}）',
  written: '已写入 {path}',
  demoExists: '演示小区已经存在',
  demoPartial: '演示小区上次没有建完，数字不全：请删除目录 {directory} 后再试',
  demoSeeded: '演示小区已建立，可用下列账号登录：',
  migrated: '数据库结构已是最新（本次执行 {count} 项）',
  fsckClean: '{community}：{vouchers} 张凭证、{leaves} 条日志、{statements} 份公示表，全部核对无误',
  fsckFinding: '{community}：{invariant}：{reference}：{found}',
  keysAt: '密钥目录：{directory}',
  statementRefused: '不能出具 {period} 的公示表：{code}',
  noClosedPeriod: '还没有已结账的月份',
  invited: '邀请码（只显示一次）：{code}',
  inviteRefused: '不能邀请：{code}',
} as const
