package io.triport.objects.wire;

import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what a request wants. */
public final class S3Parser {
    /*
     * Sub-resources
     *
     * A parameter that S3 knows as a sub-resource makes another operation of the request; so does any that has no equals
     * sign. One that is not among ours must never be taken for the plain operation, or `DELETE /b?lifecycle` would delete
     * the bucket. Parameters with a value that nobody knows are let pass, as S3 does.
     */
    private static final Set<String> OTHER_SUBRESOURCES = Set.of(
            "accelerate",
            "analytics",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "logging",
            "metadataConfiguration",
            "metadataTable",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "renameObject",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "session",
            "torrent",
            "website");

    private static final Set<String> OF_BUCKETS =
            Set.of("acl", "cors", "delete", "location", "tagging", "uploads", "versioning", "versions");
    private static final Set<String> OF_OBJECTS = Set.of("acl", "attributes", "tagging", "uploadId", "uploads");

    private S3Parser() {}

    /** @throws S3Refused for a request that is none of S3, or one of another kind than we have */
    public static S3Operation parse(String method, S3Address address, S3Query query, Headers headers) {
        var bucket = address.bucket();
        if (bucket == null) {
            return endpoint(method, query);
        }
        if (method.equals("OPTIONS")) {
            return new S3Operation.Preflight(bucket);
        }
        var key = address.key();
        return key == null
                ? new OfBucket(bucket, query, headers).parse(method)
                : new OfObject(bucket, key, query, headers).parse(method);
    }

    private static S3Operation endpoint(String method, S3Query query) {
        subresource(query, Set.of());
        if (!method.equals("GET")) {
            throw notAllowed(List.of("GET"), method, "SERVICE");
        }
        return new S3Operation.ListBuckets();
    }

    /** The sub-resource that the query names, empty for none. */
    private static String subresource(S3Query query, Set<String> ours) {
        var found = new ArrayList<String>();
        for (var name : query.names()) {
            if (ours.contains(name)) {
                found.add(name);
            } else if (OTHER_SUBRESOURCES.contains(name)
                    || OF_BUCKETS.contains(name)
                    || OF_OBJECTS.contains(name)
                    || query.bare(name)) {
                throw S3Error.NOT_IMPLEMENTED.refused();
            }
        }
        if (found.size() > 1) {
            throw S3Error.INVALID_ARGUMENT.refused("Conflicting query string parameters: " + String.join(", ", found));
        }
        return found.isEmpty() ? "" : found.getFirst();
    }

    private static S3Refused notAllowed(List<String> allowed, String method, String resource) {
        return S3Error.METHOD_NOT_ALLOWED
                .refused()
                .with("Method", method)
                .with("ResourceType", resource)
                .field("Allow", String.join(", ", allowed));
    }

    /** @param methods of the sub-resource, for the answer where the request's is none of them */
    private record Methods(String method, List<String> methods) {
        S3Refused refused(String resource) {
            var allowed = new ArrayList<>(methods);
            allowed.add("OPTIONS");
            return notAllowed(allowed, method, resource);
        }
    }

    private record OfBucket(BucketName bucket, S3Query query, Headers headers) {
        S3Operation parse(String method) {
            return switch (subresource(query, OF_BUCKETS)) {
                case "" -> plain(method);
                case "acl" ->
                    switch (method) {
                        case "GET" -> new S3Operation.GetBucketAcl(bucket);
                        case "PUT" -> new S3Operation.PutBucketAcl(bucket);
                        default -> throw only(method, "GET", "PUT");
                    };
                case "cors" ->
                    switch (method) {
                        case "GET" -> new S3Operation.GetBucketCors(bucket);
                        case "PUT" -> new S3Operation.PutBucketCors(bucket);
                        case "DELETE" -> new S3Operation.DeleteBucketCors(bucket);
                        default -> throw only(method, "GET", "PUT", "DELETE");
                    };
                case "tagging" ->
                    switch (method) {
                        case "GET" -> new S3Operation.GetBucketTagging(bucket);
                        case "PUT" -> new S3Operation.PutBucketTagging(bucket);
                        case "DELETE" -> new S3Operation.DeleteBucketTagging(bucket);
                        default -> throw only(method, "GET", "PUT", "DELETE");
                    };
                case "versioning" ->
                    switch (method) {
                        case "GET" -> new S3Operation.GetBucketVersioning(bucket);
                        case "PUT" -> new S3Operation.PutBucketVersioning(bucket);
                        default -> throw only(method, "GET", "PUT");
                    };
                case "location" -> get(method, new S3Operation.GetBucketLocation(bucket));
                case "uploads" -> get(method, new S3Operation.ListMultipartUploads(bucket, query));
                case "versions" -> get(method, new S3Operation.ListObjectVersions(bucket, query));
                default -> {
                    if (!method.equals("POST")) {
                        throw only(method, "POST");
                    }
                    yield new S3Operation.DeleteObjects(bucket);
                }
            };
        }

        private S3Operation plain(String method) {
            return switch (method) {
                case "GET" ->
                    query.text("list-type").equals("2")
                            ? new S3Operation.ListObjectsV2(bucket, query)
                            : new S3Operation.ListObjects(bucket, query);
                case "HEAD" -> new S3Operation.HeadBucket(bucket);
                case "PUT" -> new S3Operation.CreateBucket(bucket);
                case "DELETE" -> new S3Operation.DeleteBucket(bucket);
                case "POST" -> post();
                default -> throw only(method, "GET", "HEAD", "PUT", "POST", "DELETE");
            };
        }

        private S3Operation post() {
            var type = headers.only("content-type").orElse("");
            if (!type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/form-data")) {
                throw S3Error.MALFORMED_POST_REQUEST.refused();
            }
            return new S3Operation.PostObject(bucket);
        }

        private S3Operation get(String method, S3Operation operation) {
            if (!method.equals("GET")) {
                throw only(method, "GET");
            }
            return operation;
        }

        private static S3Refused only(String method, String... methods) {
            return new Methods(method, List.of(methods)).refused("BUCKET");
        }
    }

    private record OfObject(BucketName bucket, ObjectKey key, S3Query query, Headers headers) {
        S3Operation parse(String method) {
            return switch (subresource(query, OF_OBJECTS)) {
                case "" -> plain(method);
                case "acl" ->
                    switch (method) {
                        case "GET" -> new S3Operation.GetObjectAcl(bucket, object());
                        case "PUT" -> new S3Operation.PutObjectAcl(bucket, object());
                        default -> throw only(method, "GET", "PUT");
                    };
                case "tagging" ->
                    switch (method) {
                        case "GET" -> new S3Operation.GetObjectTagging(bucket, object());
                        case "PUT" -> new S3Operation.PutObjectTagging(bucket, object());
                        case "DELETE" -> new S3Operation.DeleteObjectTagging(bucket, object());
                        default -> throw only(method, "GET", "PUT", "DELETE");
                    };
                case "attributes" -> {
                    if (!method.equals("GET")) {
                        throw only(method, "GET");
                    }
                    yield new S3Operation.GetObjectAttributes(bucket, object());
                }
                case "uploads" -> {
                    if (!method.equals("POST")) {
                        throw only(method, "POST");
                    }
                    yield new S3Operation.CreateMultipartUpload(bucket, key);
                }
                default -> upload(method);
            };
        }

        private S3Operation plain(String method) {
            return switch (method) {
                case "GET" -> new S3Operation.GetObject(bucket, object(), query);
                case "HEAD" -> new S3Operation.HeadObject(bucket, object(), query);
                case "PUT" ->
                    headers.has("x-amz-copy-source")
                            ? new S3Operation.CopyObject(bucket, key)
                            : new S3Operation.PutObject(bucket, key);
                case "DELETE" -> new S3Operation.DeleteObject(bucket, object());
                default -> throw only(method, "GET", "HEAD", "PUT", "DELETE");
            };
        }

        private S3Operation upload(String method) {
            var id = uploadId(query.text("uploadId"));
            return switch (method) {
                case "GET" -> new S3Operation.ListParts(bucket, new UploadRef(key, id), query);
                case "POST" -> new S3Operation.CompleteMultipartUpload(bucket, new UploadRef(key, id));
                case "DELETE" -> new S3Operation.AbortMultipartUpload(bucket, new UploadRef(key, id));
                case "PUT" ->
                    headers.has("x-amz-copy-source")
                            ? new S3Operation.UploadPartCopy(bucket, key, id, partNumber())
                            : new S3Operation.UploadPart(bucket, key, id, partNumber());
                default -> throw only(method, "GET", "PUT", "POST", "DELETE");
            };
        }

        private int partNumber() {
            var text = query.text("partNumber");
            var number = query.number("partNumber", 0, Integer.MAX_VALUE);
            if (number < 1 || number > ObjectLimits.PARTS) {
                throw S3Query.argument(
                        "partNumber", text, "Part number must be an integer between 1 and 10000, inclusive");
            }
            return number;
        }

        private ObjectRef object() {
            return new ObjectRef(key, version(query));
        }

        private static S3Refused only(String method, String... methods) {
            return new Methods(method, List.of(methods)).refused("OBJECT");
        }
    }

    /** A text that no upload could have names none. */
    private static UploadId uploadId(String text) {
        try {
            return new UploadId(text);
        } catch (InvalidInput e) {
            throw S3Error.NO_SUCH_UPLOAD.refused();
        }
    }

    private static @Nullable VersionId version(S3Query query) {
        return query.has("versionId") ? version(query.text("versionId")) : null;
    }

    /** @throws S3Refused INVALID_ARGUMENT for a text that no version has */
    public static VersionId version(String text) {
        try {
            return new VersionId(text);
        } catch (InvalidInput e) {
            throw S3Query.argument("versionId", text, "Invalid version id specified");
        }
    }
}
