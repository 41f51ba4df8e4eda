import type { Language } from './code-label.js';

/** What is found, and what to do about it. Words in braces are filled in. */
type Sentence = readonly [what: string, advice: string];

/** Every finding of `doctor`: stable codes, and their sentences. */
export const DOCTOR_WORDS = {
  'doctor.node': {
    en: ['Node.js {version} is older than {floor}', 'install a supported version of Node.js'],
    zh: ['Node.js {version} 低于 {floor}', '请安装受支持的 Node.js 版本'],
  },
  'doctor.clock-unset': {
    en: ['the clock says {now}, before this program was made', 'set the clock before you sign'],
    zh: ['系统时钟显示 {now}，早于本程序发布之时', '请先校准时钟再签名'],
  },
  'doctor.clock-back': {
    en: [
      'the clock says {now}, and a key here has signed for {signed}',
      'set the clock: records would seem to go back in time',
    ],
    zh: ['系统时钟显示 {now}，而本处密钥已签署过 {signed} 的记录', '请校准时钟，否则记录时间将倒退'],
  },
  'doctor.no-key': {
    en: ['there is no key here', 'goodorder key new NAME makes one'],
    zh: ['此处没有密钥', '用 goodorder key new NAME 生成'],
  },
  'doctor.key-unreadable': {
    en: ['the key {key} cannot be read: {reason}', 'restore its files, or enrol a new key'],
    zh: ['密钥 {key} 无法读取：{reason}', '请恢复其文件，或启用新密钥'],
  },
  'doctor.key-mismatch': {
    en: [
      'secret and public part of the key {key} do not belong together',
      'restore its files from one place, or enrol a new key',
    ],
    zh: ['密钥 {key} 的私钥与公钥不相配', '请从同一来源恢复其文件，或启用新密钥'],
  },
  'doctor.key-plain': {
    en: [
      'the key {key} is protected by file permissions only',
      'for a laptop, make keys with --passphrase-fd',
    ],
    zh: ['密钥 {key} 仅受文件权限保护', '笔记本电脑上请用 --passphrase-fd 生成密钥'],
  },
  'doctor.mode': {
    en: ['others on this machine can read or change {file}', 'chmod go-rwx {file}'],
    zh: ['本机其他用户可读取或更改 {file}', 'chmod go-rwx {file}'],
  },
  'doctor.key-revoked': {
    en: ['the key {key} is revoked since {since}', 'sign with another key: --key NAME'],
    zh: ['密钥 {key} 自 {since} 起已吊销', '请改用其他密钥签名：--key NAME'],
  },
  'doctor.key-rotated': {
    en: ['the key {key} is followed by {next}', 'sign with that one: --key NAME'],
    zh: ['密钥 {key} 已由 {next} 接替', '请改用后者签名：--key NAME'],
  },
  'doctor.installation': {
    en: [
      'this machine has not signed from here before',
      'a copied or restored folder must not sign: enrol a new key',
    ],
    zh: ['本机从未在此签名', '复制或恢复的文件夹不得用于签名：请启用新密钥'],
  },
  'doctor.state': {
    en: ['the key {key} cannot sign: {reason}', 'enrol a new key, and revoke this one'],
    zh: ['密钥 {key} 无法签名：{reason}', '请启用新密钥，并吊销此密钥'],
  },
  'doctor.outbox': {
    en: [
      '{count} signed by {key} never left its outbox',
      'goodorder key release {key} writes out what waits; do not sign it again',
    ],
    zh: ['{key} 已签署的 {count} 仍在发件箱中', '用 goodorder key release {key} 写出，切勿重签'],
  },
  'doctor.outbox-damaged': {
    en: ['the outbox of {key} holds {file}, which is no record of its', 'look at it and move it away'],
    zh: ['{key} 的发件箱中有 {file}，并非其记录', '请检查后移走'],
  },
  'doctor.passport-ahead': {
    en: [
      '{passport} holds number {seq} of the key {key}, which has signed only {signed} here',
      'the key was used elsewhere or its state restored: enrol a new key, and revoke this one',
    ],
    zh: [
      '{passport} 中有密钥 {key} 的第 {seq} 号记录，而此处仅签至 {signed}',
      '密钥曾在别处使用，或其状态系恢复所得：请启用新密钥并吊销此密钥',
    ],
  },
  'doctor.passport-behind': {
    en: [
      '{passport} lacks number {numbers} of the key {key}',
      'merge in what holds it, or readers see a gap',
    ],
    zh: ['{passport} 缺少密钥 {key} 的第 {numbers} 号记录', '请合并所缺记录，否则读者会看到缺口'],
  },
  'doctor.credential-none': {
    en: [
      'no credential says that the key {key} signs for {party}',
      'have an authority issue one: goodorder credential issue --help',
    ],
    zh: ['没有凭证说明密钥 {key} 代表 {party} 签名', '请由权威机构签发：goodorder credential issue --help'],
  },
  'doctor.credential-expired': {
    en: [
      'the credential of the key {key} expired on {until}',
      'have it issued anew before the key signs again',
    ],
    zh: ['密钥 {key} 的凭证已于 {until} 过期', '请在再次签名前重新签发'],
  },
  'doctor.credential-expiring': {
    en: ['the credential of the key {key} expires on {until}', 'have it issued anew'],
    zh: ['密钥 {key} 的凭证将于 {until} 到期', '请重新签发'],
  },
  'doctor.credential-not-yet': {
    en: ['the credential of the key {key} begins on {from}', 'what it signs before is not covered'],
    zh: ['密钥 {key} 的凭证自 {from} 起生效', '此前所签不在其内'],
  },
  'doctor.credential-unreadable': {
    en: ['a credential here cannot be read: {reason}', 'goodorder credential add keeps it anew'],
    zh: ['此处有凭证无法读取：{reason}', '请用 goodorder credential add 重新保存'],
  },
  'doctor.leftover': {
    en: ['{file} was left behind by a write that was cut short', 'it can be deleted'],
    zh: ['{file} 是写入中断后的残留', '可以删除'],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, Sentence>>>>;

export type DoctorCode = keyof typeof DOCTOR_WORDS;

export const DOCTOR_TALK: Readonly<
  Record<Language, { well(keys: number): string; found(problems: number, warnings: number): string }>
> = {
  en: {
    well: (keys) => `nothing to mend: ${keys} ${keys === 1 ? 'key' : 'keys'} ready to sign`,
    found: (problems, warnings) =>
      `${problems} ${problems === 1 ? 'problem' : 'problems'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  },
  zh: {
    well: (keys) => `无需处理：${keys} 把密钥可以签名`,
    found: (problems, warnings) => `${problems} 个问题，${warnings} 个警告`,
  },
};

/** The two sentences of a finding. A word that is not told stays in its braces. */
export function doctorSentences(
  code: DoctorCode,
  detail: Readonly<Record<string, string>>,
  language: Language,
): { readonly what: string; readonly advice: string } {
  const [what, advice] = DOCTOR_WORDS[code][language];
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (braces, name: string) => detail[name] ?? braces);
  return { what: fill(what), advice: fill(advice) };
}
