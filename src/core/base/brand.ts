/** A primitive that only one function may mint, so that ids of different nouns cannot be mixed up. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
