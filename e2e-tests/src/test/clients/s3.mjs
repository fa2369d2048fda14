import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CopyObjectCommand, CreateMultipartUploadCommand, DeleteObjectsCommand,
  GetObjectCommand, HeadObjectCommand, ListPartsCommand, PutObjectCommand, S3Client, UploadPartCommand, paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { all, check } from './harness.mjs';

const Bucket = 'dev';
const { OBJECTS, OBJECTS_KEY, OBJECTS_SECRET } = process.env;
const client = (secretAccessKey) => new S3Client({
  endpoint: OBJECTS, region: 'us-east-1', forcePathStyle: true, maxAttempts: 1, credentials: { accessKeyId: OBJECTS_KEY, secretAccessKey },
});
const s3 = client(OBJECTS_SECRET);
const bytes = async (Key, more) => Buffer.from(await (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body.transformToByteArray());

await check('s3: an object comes back with what was said of it', async () => {
  const Key = 'clients/a b/\u00e9.txt';
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', ContentType: 'text/plain', Metadata: { colour: 'blue' } }));

  equal((await bytes(Key)).toString(), 'hello');
  equal((await bytes(Key, { Range: 'bytes=1-3' })).toString(), 'ell');
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  deepEqual([head.ContentLength, head.ContentType, head.Metadata], [5, 'text/plain', { colour: 'blue' }]);
});

for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']) {
  await check(`s3: a body is checked by ${ChecksumAlgorithm}`, async () => {
    const Body = randomBytes(100_000);
    const Key = `clients/sums/${ChecksumAlgorithm}`;
    const put = await s3.send(new PutObjectCommand({ Bucket, Key, Body, ChecksumAlgorithm }));

    ok(put[`Checksum${ChecksumAlgorithm}`]);
    ok((await bytes(Key, { ChecksumMode: 'ENABLED' })).equals(Body));
  });
}

await check('s3: an object is put by parts, and an upload that is given up is gone', async () => {
  const Key = 'clients/parts';
  const parts = [randomBytes(5 * 1024 * 1024), randomBytes(1000)];
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const Parts = [];
  for (const [at, Body] of parts.entries()) {
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: at + 1, Body }));
    Parts.push({ ETag, PartNumber: at + 1 });
  }
  const done = await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  ok(done.ETag.endsWith('-2"'));
  ok((await bytes(Key)).equals(Buffer.concat(parts)));

  const other = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: other.UploadId }));
  await rejects(() => s3.send(new ListPartsCommand({ Bucket, Key, UploadId: other.UploadId })), { name: 'NoSuchUpload' });
});

await check('s3: lists are walked in pages, and many objects are deleted at once', async () => {
  const keys = Array.from({ length: 25 }, (_, at) => `clients/many/${String(at).padStart(2, '0')}`);
  await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))));
  const listed = async () => (await all(paginateListObjectsV2({ client: s3, pageSize: 10 }, { Bucket, Prefix: 'clients/many/' })))
    .flatMap((page) => (page.Contents ?? []).map((entry) => entry.Key));

  deepEqual(await listed(), keys);
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));
  deepEqual(await listed(), []);
});

await check('s3: who creates an object that is there is refused', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'clients/once', Body: 'first' }));

  await rejects(() => s3.send(new PutObjectCommand({ Bucket, Key: 'clients/once', Body: 'second', IfNoneMatch: '*' })), { name: 'PreconditionFailed' });
  equal((await bytes('clients/once')).toString(), 'first');
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'clients/copy', CopySource: `${Bucket}/clients/once` }));
  equal((await bytes('clients/copy')).toString(), 'first');
});

await check('s3: a wrong secret and a key that is not there are told in its words', async () => {
  await rejects(() => client('wrong').send(new HeadObjectCommand({ Bucket, Key: 'clients/once' })), (error) => error.$metadata.httpStatusCode === 403);
  await rejects(() => s3.send(new GetObjectCommand({ Bucket, Key: 'clients/nothing' })), { name: 'NoSuchKey' });
});
