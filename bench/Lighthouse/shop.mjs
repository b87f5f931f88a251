import http from 'node:http';
import https from 'node:https';

/** Talks to the shop as a guest. Node does not resolve *.localhost everywhere, so it calls 127.0.0.1 under the shop's name. */
export class Shop {
  constructor(address) {
    this.address = new URL(address);
    this.cookies = new Map();
  }

  /** The address of a page: `page('cart.', '/checkout')`. */
  page(sibling, path) {
    return `${this.address.protocol}//${sibling}${this.address.host}${path}`;
  }

  get cookieHeader() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async json(method, sibling, path, body) {
    const { status, text } = await this.#send(method, sibling, path, body);
    if (status >= 300) throw new Error(`${method} ${this.page(sibling, path)}: expected success, got ${status}: ${text.slice(0, 300)}`);
    return text ? JSON.parse(text) : undefined;
  }

  #send(method, sibling, path, body) {
    const { protocol, hostname, host, port } = this.address;
    const isLocal = hostname.endsWith('localhost');
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { Host: `${sibling}${host}`, Accept: 'application/json', Cookie: this.cookieHeader };
    if (text !== undefined) Object.assign(headers, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
    return new Promise((resolve, reject) => {
      const request = (protocol === 'https:' ? https : http).request(
        { method, path, headers, port, hostname: isLocal ? '127.0.0.1' : `${sibling}${hostname}` },
        response => {
          for (const cookie of response.headers['set-cookie'] ?? []) {
            const [name, value] = cookie.split(';')[0].split(/=(.*)/s);
            this.cookies.set(name, value);
          }
          const parts = [];
          response.on('data', part => parts.push(part));
          response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(parts).toString() }));
        });
      request.on('error', reject);
      request.end(text);
    });
  }
}
