const expected =
  /^(accept|content-type|user-agent|authorization|anthropic-(version|beta)|idempotency-key|x-stainless-.+)$/;

/**
 * The clients add headers from environment variables (`ANTHROPIC_CUSTOM_HEADERS`, `OPENAI_CUSTOM_HEADERS`) that no
 * option turns off. Only what the call itself needs goes out, with the key that was asked for or none.
 */
export function ownHeaders(key: string | undefined, extra: Readonly<Record<string, string>> = {}) {
  return (headers: Headers): Headers => {
    const own = new Headers();
    for (const [name, value] of headers) if (expected.test(name)) own.set(name, value);
    own.delete('authorization');
    if (key !== undefined) own.set('authorization', `Bearer ${key}`);
    for (const [name, value] of Object.entries(extra)) own.set(name, value);
    return own;
  };
}
