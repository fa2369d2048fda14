// A PostgreSQL with pgvector for tests of the storage adapters, in memory, on a free loopback port. Ends with its input.
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const db = await PGlite.create({ extensions: { vector } });
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 100 });
server.addEventListener('listening', ({ detail }) => console.log(`listening ${detail.port}`));
await server.start();
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
