export default {
  dialect: 'sqlite',
  driver: 'd1-http',
  schema: './schema.mjs',
  out: process.env.OUT,
  dbCredentials: { accountId: process.env.ACCOUNT, databaseId: process.env.DATABASE, token: process.env.TOKEN },
};
