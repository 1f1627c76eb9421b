const expected =
  /^(accept|content-type|user-agent|authorization|anthropic-(version|beta)|idempotency-key|x-stainless-.+)$/;

/**
 * The clients add headers from environment variables (`ANTHROPIC_CUSTOM_HEADERS`, `OPENAI_CUSTOM_HEADERS`) that no
 * option turns off. Only what the call itself needs goes out, with the key that was asked for or none.
 */
export function ownHeaders(key: string | undefined, extra: Readonly<Record<string, string>> = {}) {
  return (headers: RequestInit['headers']): Record<string, string> => {
    const own: Record<string, string> = {};
    for (const [name, value] of headers instanceof Headers ? headers : new Headers(headers))
      if (expected.test(name)) own[name] = value;
    delete own['authorization'];
    if (key !== undefined) own['authorization'] = `Bearer ${key}`;
    return { ...own, ...extra };
  };
}
