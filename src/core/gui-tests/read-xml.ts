import { atOnce } from '../base/steps.ts';
import { UserError } from '../base/user-error.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];
}

type OpenElement = XmlElement & { readonly children: (XmlElement | string)[] };

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** Far more than any report has, and far less than calls may be nested. */
const MOST_DEPTH = 500;
/** Characters that are read in one step, some milliseconds. */
const STEP = 2 ** 18;
const NAME = '[A-Za-z_][\\w:.-]*';
const MISC = /<!--[^]*?-->|<\?[^]*?\?>/y;
const CDATA = /<!\[CDATA\[([^]*?)\]\]>/y;
const CLOSE = new RegExp(`</(${NAME})\\s*>`, 'y');
const OPEN = new RegExp(`<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y');
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const TEXT = /[^<]+/y;

/**
 * Reads the part of XML 1.0 that test reports are written in: elements, attributes, text, CDATA, the five named entities and
 * numbered ones. Document types are refused, since entities of their own could name files or grow without end.
 * @throws UserError with the line at which the text is no such XML.
 */
export function readXml(text: string): XmlElement {
  return atOnce(xmlSteps(text));
}

/** `readXml`, step by step. */
export function* xmlSteps(text: string): Generator<void, XmlElement> {
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const fail = (what: string): never => {
    throw new UserError(`Line ${text.slice(0, at).split('\n').length}: ${what}`);
  };
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  const put = (part: XmlElement | string): void => {
    const parent = open.at(-1);
    if (parent !== undefined) parent.children.push(part);
    else if (typeof part !== 'string') root = root === undefined ? part : fail(`expected one outermost element, got another, <${part.name}>`);
    else if (part.trim() !== '') fail('expected no text outside the outermost element');
  };

  for (let next = STEP; at < text.length; ) {
    if (at >= next) {
      next = at + STEP;
      yield;
    }
    if (take(MISC) !== null) continue;
    const cdata = take(CDATA);
    const plain = cdata ?? take(TEXT);
    if (plain !== null) {
      put(cdata === null ? decode(plain[0], fail) : plain[1]!);
      continue;
    }
    const close = take(CLOSE);
    if (close !== null) {
      const element = open.pop() ?? fail(`</${close[1]!}> closes nothing`);
      if (element.name !== close[1]) fail(`expected </${element.name}>, got </${close[1]!}>`);
      if (open.length === 0) put(element);
      continue;
    }
    const [, name, attributes, empty] = take(OPEN) ?? fail(text.startsWith('<!DOCTYPE', at) ? 'document types are not read' : 'expected a tag, a comment or text');
    const element: OpenElement = { name: name!, attributes: readAttributes(attributes!, fail), children: [] };
    if (open.length >= MOST_DEPTH) fail(`elements are nested more than ${MOST_DEPTH} deep`);
    // The outermost is put in its place when it is closed, so that what is cut off is no report.
    if (open.length > 0 || empty === '/') put(element);
    if (empty !== '/') open.push(element);
  }
  if (open.length > 0) fail(`the text ends inside <${open.at(-1)!.name}>`);
  return root ?? fail('expected an element, got none');
}

function readAttributes(text: string, fail: (what: string) => never): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
    if (attributes.has(name!)) fail(`the attribute ${name!} is there twice`);
    attributes.set(name!, decode(double ?? single!, fail));
  }
  return attributes;
}

function decode(text: string, fail: (what: string) => never): string {
  return text.replaceAll(/&([^;&\s]{0,10};)?/g, (whole, body: string | undefined) => {
    const name = body?.slice(0, -1) ?? '';
    const number = /^#(?:(\d+)|x([\dA-Fa-f]+))$/.exec(name);
    const code = number === null ? undefined : number[1] === undefined ? parseInt(number[2]!, 16) : Number(number[1]);
    if (code !== undefined && code <= 0x10_ff_ff) return String.fromCodePoint(code);
    return Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : fail(`unknown entity ${whole}`);
  });
}

/** All text inside an element. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

export function elementsOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}
