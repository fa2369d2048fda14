// Drives running apps with clients that nobody changed, and says of each case whether it held.
//
//   MANAGER=ADDRESS TOKEN=.. OBJECTS=ADDRESS OBJECTS_KEY=.. OBJECTS_SECRET=.. node run.mjs [PART]
//
// Prints one line of JSON for each case: {"case","millis","failure"?}. With PART, a regular expression, only the cases are run whose
// name it finds itself in. The manager has the models @test/echo and @test/hash, keeps vectors, and gives out
// temporary credentials within OBJECTS_KEY; the bucket is called dev.
await import('./cloudflare.mjs');
await import('./drizzle.mjs');
await import('./openai.mjs');
await import('./s3.mjs');
