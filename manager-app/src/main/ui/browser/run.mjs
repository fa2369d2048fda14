// Drives the console of a running manager in the Chromium of this machine, and says of each case whether it held.
//
//   node browser/run.mjs ADDRESS CHROMIUM FOLDER [PART]
//
// Prints one line of JSON for each case: {"case","millis","failure"?}. Pictures of all screens go into FOLDER. With
// PART, a regular expression, only the cases are run whose name it finds itself in.
import { browser } from './harness.mjs';

await import('./flows.mjs');
await import('./upkeep.mjs');
await import('./automation.mjs');
await import('./primitives.mjs');
await import('./screens.mjs');
await browser.close();
