package io.triport.objects.wire;

import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadRef;

/** What a request wants, as far as its target says. What stands in its header fields is read where it is done. */
public sealed interface S3Operation {
    /** As S3 calls it. */
    default String label() {
        return getClass().getSimpleName();
    }

    record ListBuckets() implements S3Operation {}

    /** Something about a bucket, or what lies in it. */
    sealed interface InBucket extends S3Operation {
        BucketName bucket();
    }

    /** Something about one key. */
    sealed interface OnKey extends InBucket {
        ObjectKey key();
    }

    record CreateBucket(BucketName bucket) implements InBucket {}

    record DeleteBucket(BucketName bucket) implements InBucket {}

    record HeadBucket(BucketName bucket) implements InBucket {}

    record GetBucketLocation(BucketName bucket) implements InBucket {}

    record GetBucketVersioning(BucketName bucket) implements InBucket {}

    record PutBucketVersioning(BucketName bucket) implements InBucket {}

    record GetBucketCors(BucketName bucket) implements InBucket {}

    record PutBucketCors(BucketName bucket) implements InBucket {}

    record DeleteBucketCors(BucketName bucket) implements InBucket {}

    record GetBucketTagging(BucketName bucket) implements InBucket {}

    record PutBucketTagging(BucketName bucket) implements InBucket {}

    record DeleteBucketTagging(BucketName bucket) implements InBucket {}

    record GetBucketAcl(BucketName bucket) implements InBucket {}

    record PutBucketAcl(BucketName bucket) implements InBucket {}

    record ListObjects(BucketName bucket, S3Query query) implements InBucket {}

    record ListObjectsV2(BucketName bucket, S3Query query) implements InBucket {}

    record ListObjectVersions(BucketName bucket, S3Query query) implements InBucket {}

    record ListMultipartUploads(BucketName bucket, S3Query query) implements InBucket {}

    record DeleteObjects(BucketName bucket) implements InBucket {}

    record PostObject(BucketName bucket) implements InBucket {}

    /** A browser asks whether it may send another request. */
    record Preflight(BucketName bucket) implements InBucket {}

    record GetObject(BucketName bucket, ObjectRef object, S3Query query) implements OnKey {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    record HeadObject(BucketName bucket, ObjectRef object, S3Query query) implements OnKey {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    record GetObjectAttributes(BucketName bucket, ObjectRef object) implements OnKey {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    record PutObject(BucketName bucket, ObjectKey key) implements OnKey {}

    record CopyObject(BucketName bucket, ObjectKey key) implements OnKey {}

    record DeleteObject(BucketName bucket, ObjectRef object) implements OnKey {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    record GetObjectTagging(BucketName bucket, ObjectRef object) implements OnKey {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    record PutObjectTagging(BucketName bucket, ObjectRef object) implements OnKey {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    record DeleteObjectTagging(BucketName bucket, ObjectRef object) implements OnKey {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    record GetObjectAcl(BucketName bucket, ObjectRef object) implements OnKey {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    record PutObjectAcl(BucketName bucket, ObjectRef object) implements OnKey {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    record CreateMultipartUpload(BucketName bucket, ObjectKey key) implements OnKey {}

    record UploadPart(BucketName bucket, ObjectKey key, UploadId upload, int number) implements OnKey {}

    record UploadPartCopy(BucketName bucket, ObjectKey key, UploadId upload, int number) implements OnKey {}

    record CompleteMultipartUpload(BucketName bucket, UploadRef upload) implements OnKey {
        @Override
        public ObjectKey key() {
            return upload.key();
        }
    }

    record AbortMultipartUpload(BucketName bucket, UploadRef upload) implements OnKey {
        @Override
        public ObjectKey key() {
            return upload.key();
        }
    }

    record ListParts(BucketName bucket, UploadRef upload, S3Query query) implements OnKey {
        @Override
        public ObjectKey key() {
            return upload.key();
        }
    }
}
