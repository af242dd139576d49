// Checks a webhook of vieraugen; for n8n's Code node and for plain Node.js. Apache-2.0.
// body: the raw text as it came; headers: with lower-case names; secret: "whsec_…".
// Returns the event, or throws with the reason.
function verify(body, headers, secret, now = Date.now() / 1000) {
  const crypto = require('crypto');
  const id = headers['webhook-id'];
  const stamp = headers['webhook-timestamp'];
  const signatures = (headers['webhook-signature'] || '').split(' ');
  if (!id || !/^\d+$/.test(stamp || '')) throw new Error('not a webhook of vieraugen');
  if (Math.abs(now - Number(stamp)) > 300) throw new Error('too old: a replay?');
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = crypto.createHmac('sha256', key).update(`${id}.${stamp}.${body}`, 'utf8').digest();
  const matches = signatures.some((signature) => {
    const [version, text] = signature.split(',');
    const given = Buffer.from(text || '', 'base64');
    return version === 'v1' && given.length === expected.length && crypto.timingSafeEqual(given, expected);
  });
  if (!matches) throw new Error('wrong signature: is the secret right, and the body raw?');
  return JSON.parse(body);
}

if (typeof module !== 'undefined') module.exports = { verify };
