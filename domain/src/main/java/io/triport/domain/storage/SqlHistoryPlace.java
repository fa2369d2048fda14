package io.triport.domain.storage;

import io.triport.domain.object.BucketBinding;

/**
 * Where the earlier states of an app's databases are shipped to, when they are files of the node.
 *
 * @param bucket that no caller can name
 */
public record SqlHistoryPlace(BucketBinding bucket) {}
