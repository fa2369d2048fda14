// Loaded before a program whose address of the API is fixed: what it asks Cloudflare for goes to the manager.
import http from 'node:http';
import https from 'node:https';

const FIXED = 'https://api.cloudflare.com';

https.request = (url, ...more) => {
  if (!String(url).startsWith(FIXED)) throw new Error(`${url}: not an address of the API`);
  return http.request(String(url).replace(FIXED, process.env.MANAGER), ...more);
};
