// Turn a picture (PNG as base64) into a small one: at most 48 colours, one byte a dot.
async (source) => {
  const bytes = Uint8Array.from(atob(source), (c) => c.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const dots = context.getImageData(0, 0, width, height).data;
  const colour = (i) => (dots[i] << 16) | (dots[i + 1] << 8) | dots[i + 2];
  const count = new Map();
  for (let i = 0; i < dots.length; i += 4) count.set(colour(i), (count.get(colour(i)) ?? 0) + 1);
  const palette = [...count].sort((a, b) => b[1] - a[1]).slice(0, 48).map(([c]) => c);
  const index = new Map(palette.map((c, n) => [c, n]));
  const near = (c) => {
    let best = 0;
    let least = Infinity;
    for (const [n, p] of palette.entries()) {
      const far =
        Math.abs((p >> 16) - (c >> 16)) +
        Math.abs(((p >> 8) & 255) - ((c >> 8) & 255)) +
        Math.abs((p & 255) - (c & 255));
      if (far < least) [best, least] = [n, far];
    }
    index.set(c, best);
    return best;
  };
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const c = colour((y * width + x) * 4);
      rows[y * (width + 1) + x + 1] = index.get(c) ?? near(c);
    }
  }
  const packed = new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate"));
  const data = new Uint8Array(await new Response(packed).arrayBuffer());
  const head = new Uint8Array(13);
  new DataView(head.buffer).setUint32(0, width);
  new DataView(head.buffer).setUint32(4, height);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Uint8Array.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
  const table = Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
  });
  const crc = (all) => {
    let value = 0xffffffff;
    for (const byte of all) value = table[(value ^ byte) & 255] ^ (value >>> 8);
    return (value ^ 0xffffffff) >>> 0;
  };
  const chunk = (name, body) => {
    const made = new Uint8Array(body.length + 12);
    const view = new DataView(made.buffer);
    view.setUint32(0, body.length);
    made.set([...name].map((c) => c.charCodeAt(0)), 4);
    made.set(body, 8);
    view.setUint32(body.length + 8, crc(made.subarray(4, body.length + 8)));
    return made;
  };
  const magic = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
  const parts = [chunk("IHDR", head), chunk("PLTE", colours), chunk("IDAT", data)];
  const whole = await new Blob([magic, ...parts, chunk("IEND", new Uint8Array())]).arrayBuffer();
  let text = "";
  for (const byte of new Uint8Array(whole)) text += String.fromCharCode(byte);
  return btoa(text);
};
