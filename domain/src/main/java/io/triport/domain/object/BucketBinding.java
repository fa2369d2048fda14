package io.triport.domain.object;

import io.triport.domain.request.Bytes;

/**
 * Where a bucket's objects lie.
 *
 * @param prefix before every key there, and never shown; empty or with a slash at its end
 * @param versioning of embedded backends
 */
public record BucketBinding(BucketName name, Backend backend, Bytes prefix, Versioning versioning) {}
