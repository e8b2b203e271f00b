import path from 'node:path';
import { caseKey, type JunitCase } from './parse-junit.ts';

const IMAGE = /\.(?:png|jpe?g|webp|gif)$/i;
/** A shorter name is part of too many others. */
const LEAST_NAME = 3;

export function isImage(file: string): boolean {
  return IMAGE.test(file);
}

/**
 * The files of each test by its key, absolute: those that its runner attached, and images in the results folder whose path
 * has the test's name in it, each for the longest name that fits. Pure.
 * @param files of the results folder, relative to it.
 */
export function artifactsOf(cases: readonly JunitCase[], junit: string, folder: string, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map(cases.map((each) => [caseKey(each), new Set(each.attachments.map((file) => path.resolve(path.dirname(junit), file)))]));
  const names = cases.map((each) => ({ key: caseKey(each), slug: slug(each.name) })).filter((each) => each.slug.length >= LEAST_NAME).sort((a, b) => b.slug.length - a.slug.length);
  const attached = new Set([...found.values()].flatMap((each) => [...each]));
  for (const file of files) {
    const absolute = path.join(folder, file);
    if (!isImage(file) || attached.has(absolute)) continue;
    const place = `-${slug(file.replace(IMAGE, ''))}-`;
    const owner = names.find((each) => place.includes(`-${each.slug}-`));
    if (owner !== undefined) found.get(owner.key)!.add(absolute);
  }
  return new Map([...found].map(([key, each]) => [key, [...each]]));
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
}
