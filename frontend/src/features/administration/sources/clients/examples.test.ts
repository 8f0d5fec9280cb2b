import { describe, expect, it } from 'vitest';
import { importExample, tokenExample } from './examples';

const access = {
  origin: 'https://portal.example',
  source: 'kvhs-lup',
  client: '019ab1c2-0000-7000-8000-000000000009',
  secret: "it's-secret",
};

describe('examples', () => {
  it('quote what a shell would read otherwise', () => {
    expect(tokenExample(access, ['imports:run', 'stats:read'])).toBe(
      [
        'curl -sS https://portal.example/oauth/token \\',
        `  -u '019ab1c2-0000-7000-8000-000000000009:it'\\''s-secret' \\`,
        '  -d grant_type=client_credentials \\',
        "  -d 'scope=imports:run stats:read'",
      ].join('\n'),
    );
  });

  it('leave the token to the shell', () => {
    expect(importExample(access)).toContain('"Authorization: Bearer $TOKEN"');
    expect(importExample(access)).toContain(
      "'https://portal.example/api/v1/sources/kvhs-lup/imports?mode=delta'",
    );
  });
});
